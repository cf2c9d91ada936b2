using AutoMirror.Emulator.Packets;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// What EC2 publishes of instances' traffic in the namespace AWS/EC2 (guide, "Monitor mirrored traffic using Amazon CloudWatch"; EC2 User
/// Guide, "CloudWatch metrics that are available for your instances"). Bytes are those of frames, and of copies as they were cut.
/// </summary>
internal sealed class InstanceMetrics(Cloud cloud)
{
    /// <summary>Basic monitoring has a data point every five minutes, detailed monitoring one every minute.</summary>
    private static readonly TimeSpan Basic = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Detailed = TimeSpan.FromMinutes(1);

    /// <summary>The data points of a series, by the moment at which their period begins.</summary>
    public IReadOnlyDictionary<DateTimeOffset, double> Points(string name, string instanceId) =>
        cloud.CloudWatch.Metrics.Of(Of(name, instanceId)).ToDictionary(sample => sample.Time, sample => sample.Sum);

    /// <summary>Adds packets that an instance sent or got.</summary>
    public void AddTraffic(string? instanceId, bool isEgress, long packets, long bytes) =>
        Add(instanceId, isEgress ? "Out" : "In", "", packets, bytes);

    /// <summary>Adds what became of copies: those that were sent, and those for which there was no bandwidth.</summary>
    public void Add(PacketFate fate, string? instanceId)
    {
        var direction = fate.Direction == "egress" ? "Out" : "In";
        if (fate.Kind == PacketFateKind.Skipped)
            Add(instanceId, direction, "SkipMirror", fate.Count, fate.Bytes);
        else if (fate.IsSent)
            Add(instanceId, direction, "Mirror", fate.Count, fate.Bytes);
    }

    private void Add(string? instanceId, string direction, string what, long packets, long bytes)
    {
        // Metrics of participants' instances are the participants' to see.
        if (packets == 0 || instanceId is null || cloud.Ec2.Instances.Table.Find(instanceId) is not { } instance)
            return;
        Add($"Network{what}{direction}", instanceId, bytes, instance.Monitoring ? Detailed : Basic);

        // "This metric is available for basic monitoring only."
        Add($"NetworkPackets{what}{direction}", instanceId, packets, Basic);
    }

    private void Add(string name, string instanceId, double amount, TimeSpan period)
    {
        var unit = name.StartsWith("NetworkPackets", StringComparison.Ordinal) ? "Count" : "Bytes";
        cloud.CloudWatch.Metrics.Add(Of(name, instanceId), cloud.Now.RoundedDown(period), amount, unit);
    }

    private static Metric Of(string name, string instanceId) => new Metric("AWS/EC2", name).With("InstanceId", instanceId);
}
