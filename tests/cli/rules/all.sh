# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref rules | grep -c '^[a-z]* *[a-z_]*\.' | awk '{ print ($1 > 130) }'
