<?php

// Stands for composer's autoloader in the code of the guide.

declare(strict_types=1);

require_once __DIR__ . "/build/out/ApiErrors.php";
require_once __DIR__ . "/build/guide/code/0.php";
