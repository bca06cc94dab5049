# rooms — highseas_room(NAME [LINKS rooms…] [VENDORS targets…] [FLATBUFFERS dir] ): a room's folder becomes its target.
# Vendors are private: a header of a room includes none of theirs.

function(highseas_room name)
  cmake_parse_arguments(ROOM "" "FLATBUFFERS" "LINKS;VENDORS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${name}/*.cpp)
  set(target highseas_${name})
  if(NOT sources)
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR})
    return()
  endif()
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  foreach(link IN LISTS ROOM_LINKS)
    target_link_libraries(${target} PUBLIC highseas_${link})
  endforeach()
  target_link_libraries(${target} PRIVATE Threads::Threads ${ROOM_VENDORS})
  if(ROOM_FLATBUFFERS)
    highseas_flatbuffers(${target} ${ROOM_FLATBUFFERS})
  endif()
endfunction()

# Makes a text file of a room a string literal: #include "generated/PATH.inc".
function(highseas_embedded_text target path)
  set(out ${CMAKE_BINARY_DIR}/generated/${path}.inc)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DFROM=${CMAKE_SOURCE_DIR}/${path} -DTO=${out} -P ${CMAKE_SOURCE_DIR}/cmake/embed_text.cmake
    DEPENDS ${CMAKE_SOURCE_DIR}/${path} ${CMAKE_SOURCE_DIR}/cmake/embed_text.cmake
    COMMENT "embedding ${path}" VERBATIM)
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR})
endfunction()

# Generates one header a schema, below the build folder, for the target alone.
function(highseas_flatbuffers target directory)
  file(GLOB schemas CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${directory}/*.fbs)
  set(out ${CMAKE_BINARY_DIR}/generated/${directory})
  foreach(schema IN LISTS schemas)
    get_filename_component(stem ${schema} NAME_WE)
    set(header ${out}/${stem}_generated.h)
    # flatc 2.0.8 wants -o before the schema.
    add_custom_command(OUTPUT ${header} ${out}/${stem}.bfbs
      COMMAND ${FLATC} --cpp --scoped-enums --cpp-std c++17 -o ${out} ${schema}
      COMMAND ${FLATC} -b --schema -o ${out} ${schema}
      DEPENDS ${schemas} COMMENT "flatc ${stem}.fbs" VERBATIM)
    target_sources(${target} PRIVATE ${header})
  endforeach()
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()

function(highseas_program name directory)
  cmake_parse_arguments(PROGRAM "" "" "LINKS;VENDORS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${directory}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  foreach(link IN LISTS PROGRAM_LINKS)
    target_link_libraries(${name} PRIVATE highseas_${link})
  endforeach()
  target_link_libraries(${name} PRIVATE ${PROGRAM_VENDORS})
  if(NOT HIGHSEAS_SANITIZE)
    target_link_options(${name} PRIVATE -pie)
  endif()
endfunction()
