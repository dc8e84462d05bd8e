<?php

// Makes whatever PHP has to say an exception.

declare(strict_types=1);

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false; // silenced with @
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});
