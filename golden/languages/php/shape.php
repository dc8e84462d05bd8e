<?php

// The parts of the file on the input, see shape in languages_wire_test.go.

declare(strict_types=1);

require __DIR__ . "/strict.php";

$tokens = array_values(array_filter(
    PhpToken::tokenize(stream_get_contents(STDIN), TOKEN_PARSE),
    static fn (PhpToken $token): bool => $token->id !== T_WHITESPACE,
));
foreach ($tokens as $i => $token) {
    match ($token->id) {
        T_COMMENT => part("words", $token->text),
        T_DOC_COMMENT => documentation($token->text),
        T_CONSTANT_ENCAPSED_STRING => part("string", text($tokens, $i)),
        T_LNUMBER, T_DNUMBER, T_INLINE_HTML, T_ENCAPSED_AND_WHITESPACE => part($token->getTokenName(), $token->text),
        default => part($token->getTokenName(), ""),
    };
}

/** Tags are parts of their own, and the names that follow them no words. */
function documentation(string $text): void
{
    preg_match_all('/^\s*(?:\/\*)?\*+\s*(@\S+)|\{@\w+/m', $text, $tags);
    foreach ($tags[0] as $tag) {
        part("tag", "");
    }
    part("words", preg_replace('/@param [^$\n]*\$\w+/', "", $text));
}

/** What a literal stands for. That of a property's name, before its codec, has no text. */
function text(array $tokens, int $i): string
{
    if ($tokens[$i + 1]->text === "," && $tokens[$i + 2]->text === "Codec") {
        return "";
    }
    $text = eval("return {$tokens[$i]->text};");
    $decoded = $tokens[$i - 2]->text === "json_decode" ? json_decode($text) : null;

    return is_string($decoded) ? $decoded : $text;
}

function part(string $kind, string $text): void
{
    echo $kind, "\t", base64_encode($text), "\n";
}
