<?php

// Loads every file below the working folder, and looks whether what usages name is there.

declare(strict_types=1);

require __DIR__ . "/strict.php";

foreach (glob("*/*.php") as $file) {
    require_once $file;
    if (str_ends_with($file, "/usages.php")) {
        checkUsages(dirname($file), file_get_contents($file));
    }
}

function checkUsages(string $namespace, string $code): void
{
    preg_match_all('/instanceof (\w+)\)(.*?)^}/ms', $code, $usages, PREG_SET_ORDER);
    foreach ($usages as [, $class, $rest]) {
        $class = new ReflectionClass("$namespace\\$class");
        if (preg_match('/details\(\)\?->(\w+)/', $rest, $property)) {
            $details = $class->getMethod("details")->getReturnType()->getName();
            new ReflectionProperty($details, $property[1]);
        }
    }
}
