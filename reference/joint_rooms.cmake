# SPDX-License-Identifier: Apache-2.0 OR MIT
#
# What a walk calls for each inode and cluster lies in several rooms, and is
# optimised as one. Other programs link the same rooms as they are.
if(EROFS_JOINT_ROOMS AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  foreach(room base image decode map read check)
    target_compile_options(erofs_${room} PRIVATE -flto -ffat-lto-objects)
  endforeach()
  set(joint $<STREQUAL:$<TARGET_PROPERTY:NAME>,erofs-ref>)
  target_link_options(
    erofs_base INTERFACE
    $<IF:${joint},-flto=auto,-fno-use-linker-plugin>)
endif()
