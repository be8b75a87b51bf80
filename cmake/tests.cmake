# Tests that need more than one file of the sources: one program for each folder of tests/ that holds
# .cpp files, linked with everything, and one for each shell script tests/cli/*.sh. tests/support is what they share.

file(GLOB_RECURSE support CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/*.cpp)
add_library(tests_support STATIC EXCLUDE_FROM_ALL ${support})
puntual_test_options(tests_support)
target_link_libraries(tests_support PUBLIC puntual_cli GTest::gtest CURL::libcurl)
target_include_directories(tests_support PUBLIC ${CMAKE_SOURCE_DIR})
target_compile_definitions(tests_support PUBLIC PUNTUAL_BINARY="$<TARGET_FILE:puntual>")

file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${CMAKE_SOURCE_DIR}/tests/*)
foreach(folder ${folders})
  get_filename_component(name ${folder} NAME)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_shim\\.cpp$")
  if(NOT sources OR name STREQUAL "support")
    continue()
  endif()
  add_executable(tests_${name} ${sources})
  puntual_test_options(tests_${name})
  target_link_libraries(tests_${name} PRIVATE puntual_cli GTest::gtest GTest::gtest_main rapidcheck)
  target_include_directories(tests_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  add_test(NAME ${name} COMMAND tests_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${name})
endforeach()

# A script is given the binary as $1 and makes its own scratch folder; its exit code is its verdict.
file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/cli/*.sh)
foreach(script ${scripts})
  get_filename_component(name ${script} NAME_WE)
  add_test(NAME cli_${name} COMMAND sh ${script} $<TARGET_FILE:puntual>)
  set_tests_properties(cli_${name} PROPERTIES LABELS cli)
endforeach()

# These run the program itself, as a process.
foreach(name e2e faults)
  add_dependencies(tests_${name} puntual)
  target_link_libraries(tests_${name} PRIVATE tests_support)
endforeach()

# Stands between the program and its disk and clock, and lets them fail (tests/faults/disk.h).
add_library(fault_shim SHARED tests/faults/fault_shim.cpp)
add_dependencies(tests_faults fault_shim)
target_compile_definitions(tests_faults PRIVATE PUNTUAL_FAULT_SHIM="$<TARGET_FILE:fault_shim>")
