# Build only: fills free memory with zeros and frees it again, so that a saved state does not hold what was once there.
# A margin stays free, for the tree of pages that tmpfs keeps too: below it the kernel would evict the pages that the
# build has chosen to keep. The watermarks are lowered for the moment, because what lies under them is not zeroed.
read -r watermark < /proc/sys/vm/min_free_kbytes
echo 256 > /proc/sys/vm/min_free_kbytes
mkdir -p /run/zero
mount -t tmpfs -o size=100% tmpfs /run/zero
while read -r name kib _; do
  [ "$name" = MemFree: ] && break
done < /proc/meminfo
margin_kib=$((3072 + kib / 64))
dd if=/dev/zero of=/run/zero/fill bs=16k count=$(((kib - margin_kib) / 16)) 2> /dev/null
umount /run/zero
rmdir /run/zero
echo "$watermark" > /proc/sys/vm/min_free_kbytes
for bdi in /sys/class/bdi/9p*; do
  echo 128 > "$bdi/read_ahead_kb"
done
