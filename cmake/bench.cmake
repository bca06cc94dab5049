# bench — Google Benchmark programs of bench/*.cpp, built by `./dev bench` alone.
file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*_bench.cpp)
foreach(source IN LISTS bench_sources)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  target_link_libraries(${name} PRIVATE highseas_engine highseas_projections highseas_expression benchmark::benchmark)
  list(APPEND benches ${name})
endforeach()
add_custom_target(benches DEPENDS ${benches})
