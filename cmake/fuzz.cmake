# fuzz — tests/fuzz/NAME_fuzz.cpp becomes fuzz_NAME. Everywhere it is run by tests/fuzz/driver.cpp over its seeds and a
# bounded number of mutations, under the sanitizers too; with clang, HIGHSEAS_LIBFUZZER leaves the mutating to libFuzzer:
#   cmake -S . -B build-fuzz -DCMAKE_CXX_COMPILER=clang++-19 -DHIGHSEAS_SANITIZE=address,undefined -DHIGHSEAS_LIBFUZZER=ON
#   build-fuzz/bin/fuzz_json -max_len=4096 corpus-json tests/fuzz/seeds/json
option(HIGHSEAS_LIBFUZZER "link the fuzz targets with libFuzzer (clang) in place of their own driver" OFF)

# highseas_fuzz(NAME ROOMS… SEEDS paths…)
function(highseas_fuzz name)
  cmake_parse_arguments(FUZZ "" "" "ROOMS;SEEDS" ${ARGN})
  add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp)
  foreach(room ${FUZZ_ROOMS})
    target_link_libraries(fuzz_${name} PRIVATE highseas_${room})
  endforeach()
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  if(HIGHSEAS_LIBFUZZER)
    target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    return()
  endif()
  target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/driver.cpp)
  list(TRANSFORM FUZZ_SEEDS PREPEND ${CMAKE_SOURCE_DIR}/)
  add_test(NAME fuzz.${name} COMMAND fuzz_${name} --runs 20000 --seconds 10 ${FUZZ_SEEDS})
  set_tests_properties(fuzz.${name} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()

highseas_fuzz(codec ROOMS codec SEEDS tests/codec/golden/events tests/codec/golden/commands)
highseas_fuzz(expression ROOMS expression SEEDS tests/fuzz/seeds/expression)
highseas_fuzz(csv ROOMS engine SEEDS tests/fuzz/seeds/csv)
highseas_fuzz(json ROOMS api SEEDS tests/fuzz/seeds/json)
