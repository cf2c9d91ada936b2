using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>The last copies that reached each target, as a capture at the sensor would have them.</summary>
internal sealed class TargetCaptures(int most)
{
    private readonly Dictionary<string, Queue<MirrorDelivery>> _deliveries = [];
    private readonly Dictionary<string, int> _counts = [];

    public void Add(MirrorDelivery delivery)
    {
        if (most == 0 || delivery.Frame.IsEmpty)
            return;
        if (!_deliveries.TryGetValue(delivery.TargetId, out var queue))
            _deliveries[delivery.TargetId] = queue = new();
        queue.Enqueue(delivery);
        var count = _counts.GetValueOrDefault(delivery.TargetId) + delivery.Count;
        while (count - queue.Peek().Count >= most)
            count -= queue.Dequeue().Count;
        _counts[delivery.TargetId] = count;
    }

    /// <summary>The copies of a target as a pcap file, the oldest first.</summary>
    public byte[] Write(string targetId)
    {
        var deliveries = _deliveries.GetValueOrDefault(targetId, new());
        return PcapFile.Write(deliveries.SelectMany(each => Enumerable.Repeat((each.At, each.Frame), each.Count)).TakeLast(most));
    }
}
