# kotlinc.sh CLASSPATH ARGUMENTS: runs the compiler that pom.xml brings. Warnings are errors.
classpath=$1
shift
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx1g -cp '../lib/*' org.jetbrains.kotlin.cli.jvm.K2JVMCompiler \
  -no-stdlib -no-reflect -Werror -cp "$classpath" -d ../classes "$@"
