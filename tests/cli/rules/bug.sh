# SPDX-License-Identifier: Apache-2.0 OR MIT
# What released writers got wrong stands with the rule that it breaks.
erofs-ref rules cluster.fragment.same-start
