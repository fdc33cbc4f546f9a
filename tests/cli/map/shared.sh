# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/space/cluster-slack-shared
erofs-ref map x.erofs | grep 'raw cluster ' | tr -s ' '
