#!/bin/sh
echo "${DOOR_HOST} ${NAME}"
