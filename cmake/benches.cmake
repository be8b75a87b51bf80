# One program for each bench/NAME.cpp, built only by `make bench`. It takes its size as its only argument
# and ends with one JSON line on stdout (tools/run_benches.sh).

add_custom_target(bench)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cpp)
foreach(source ${sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(bench_${name} EXCLUDE_FROM_ALL ${source})
  target_link_libraries(bench_${name} PRIVATE puntual_cli puntual_testing)
  puntual_allocator(bench_${name})
  add_dependencies(bench bench_${name})
endforeach()

# These run the program itself, as a process.
foreach(name start memory)
  add_dependencies(bench_${name} puntual)
  target_link_libraries(bench_${name} PRIVATE tests_support)
endforeach()
