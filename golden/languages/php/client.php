<?php

// A client of every catalog: reads responses and tells what it sees, see talk in languages_test.go.

declare(strict_types=1);

require __DIR__ . "/strict.php";

while (($line = fgets(STDIN)) !== false) {
    [$name, $coded] = explode("\t", rtrim($line, "\n"));
    require_once "$name/ApiErrors.php";
    $told = [];
    foreach (tell("$name\\ApiException", base64_decode($coded, true)) as $key => $value) {
        $told[] = "$key=" . base64_encode($value);
    }
    echo implode("\t", $told), "\n";
}

function tell(string $class, string $message): array
{
    [$head, $body] = explode("\n\n", $message, 2);
    $lines = explode("\n", $head);
    $status = (int) array_shift($lines);
    $headers = [];
    foreach ($lines as $line) {
        [$name, $value] = explode(": ", $line, 2);
        $headers[$name] = $value;
    }
    if ($status === 0) {
        return answer($class);
    }
    $error = $class::find($status, $headers, $body);
    if ($error === null) {
        return [];
    }
    $several = array_map(static fn (string $value): array => [$value, "other"], $headers);
    foreach ([$lines, $several, (static fn (): Generator => yield from $headers)()] as $same) {
        if ($class::find($status, $same, $body)->logFields() !== $error->logFields()) {
            throw new LogicException("other headers, another error");
        }
    }
    $told = [
        "code" => $error->errorCode,
        "message" => $error->getMessage(),
        "status" => (string) $error->status,
        "retryable" => json_encode($error->isRetryable()),
        "delay" => json_encode($error->delay(3)),
        "sent" => message($error->response()),
    ];
    if ($error->requestId !== null) {
        $told["requestId"] = $error->requestId;
    }
    if ($error->retryAfter !== null) {
        $told["retryAfter"] = json_encode($error->retryAfter);
    }
    if ($error->rawDetails !== null) {
        $told["rawDetails"] = json_encode(finite($error->rawDetails), JSON_THROW_ON_ERROR, 4096);
    }
    $hasDetails = (new ReflectionMethod($error, "details"))->class !== $class;
    if ($error->info() !== null && ($error->details() !== null || !$hasDetails)) {
        $told["raised"] = message(raised($error)->response());
    }
    $error->setMessage($error->getMessage() . "!");
    $told["changed"] = message($error->response());

    return $told;
}

function raised(Exception $error): Exception
{
    $arguments = ["message" => $error->getMessage(), "requestId" => $error->requestId];
    if ($error->details() !== null) {
        $arguments["details"] = $error->details();
    }
    if ($error->info()->hasRetryAfter) {
        $arguments["retryAfter"] = $error->retryAfter ?? 0;
    }
    $again = new ($error::class)(...$arguments);
    $again->retryAfter = $error->retryAfter;

    return $again;
}

function answer(string $class): array
{
    if (!method_exists($class, "from")) {
        return [];
    }
    $other = new RuntimeException("not to be sent");
    $error = $class::from($other);
    if ($error->getPrevious() !== $other || $class::from($error) !== $error) {
        throw new LogicException("$error");
    }

    return ["sent" => message($error->response())];
}

function message(object $response): string
{
    $head = (string) $response->status;
    foreach ($response->headers as $name => $value) {
        $head .= "\n$name: $value";
    }

    return "$head\n\n$response->body";
}

/** JSON has no number beyond a double. */
function finite(mixed $value): mixed
{
    return match (true) {
        is_float($value) && !is_finite($value) => null,
        is_array($value) => array_map(finite(...), $value),
        $value instanceof stdClass => (object) array_map(finite(...), get_object_vars($value)),
        default => $value,
    };
}
