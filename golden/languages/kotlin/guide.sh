# Compiles the code of the guide, and has its clients talk with its servers.
set -e
jars=$(echo ../lib/*.jar | tr ' ' ':')
sh ../kotlinc.sh "../classes:$jars" guide/*.kt ../Guide.kt
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '../classes:../lib/*' GuideKt
