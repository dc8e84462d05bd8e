<?php

// Runs the code of templates/php/README.md, with the catalog at the root as App\Errors.

declare(strict_types=1);

require __DIR__ . "/strict.php";
require __DIR__ . "/autoload.php";
require "guide/code/2.php";
require "guide/code/3.php";

use App\Calls;
use App\Client;
use out\ApiException;
use out\NotFoundException;
use out\RateLimitedException;

$socket = stream_socket_server("tcp://127.0.0.1:0");
$address = stream_socket_get_name($socket, false);
fclose($socket);
$log = tempnam(sys_get_temp_dir(), "guide");
$server = proc_open(
    [PHP_BINARY, "-d", "memory_limit=64M", "-d", "log_errors=1", "-S", $address, "guide/code/1.php"],
    [["file", "/dev/null", "r"], ["file", $log, "w"], ["file", $log, "w"]],
    $pipes,
);
try {
    for ($i = 0; $i < 200 && !@fsockopen("tcp://$address"); $i++) {
        usleep(50_000);
    }
    $client = new Client("http://$address");
    foreach ([$client->getWithCurl(...), $client->getWithStream(...)] as $get) {
        check($get("/projects/p1"), (object) ["name" => "Checkout"]);
        $describe = static fn (string $path): string => Calls::describe(static fn () => $get($path)->name);
        check($describe("/projects/p1"), "Checkout");
        check($describe("/projects/p2"), "no such project");
        check($describe("/nowhere"), "no such project");
        check($describe("/projects/a-b"), "id: Letters and digits only");
        check($describe("/projects"), ": The body is not JSON");
        $error = failure(static fn () => $get("/projects/busy"));
        check([$error->errorCode, $error->retryAfter, $error->delay(1)], ["RATE_LIMITED", 12.0, 12.0]);
        check($error->getMessage(), "Too many requests for this project");
        foreach (["/broken", "/memory"] as $path) {
            $error = failure(static fn () => $get($path));
            check([$error->errorCode, $error->getMessage()], ["INTERNAL_ERROR", $error->info()->message]);
            check(strlen($error->requestId), 16);
            check(str_contains(file_get_contents($log), $error->requestId), true);
        }
    }
} finally {
    proc_terminate($server);
    unlink($log);
}

$answers = [new RateLimitedException(retryAfter: 0.01), new RateLimitedException(retryAfter: 0.02), null];
check(Calls::retrying(function () use (&$answers): string {
    $error = array_shift($answers);

    return $error === null ? "done" : throw $error;
}), "done");
check(failure(static fn () => Calls::retrying(static fn () => throw new NotFoundException()))->status, 404);

function failure(callable $call): ApiException
{
    try {
        $call();
    } catch (ApiException $error) {
        return $error;
    }
    throw new LogicException("nothing was thrown");
}

function check(mixed $got, mixed $want): void
{
    if ($got != $want) {
        throw new LogicException(var_export($got, true) . "\nwant " . var_export($want, true));
    }
}
