using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What the value of the opt-in tag means: the contract with workload owners.</summary>
internal abstract record MirrorWish
{
    private static readonly HashSet<string> YesWords = new(["", "true", "yes", "on", "1"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> NoWords = new(["false", "no", "off", "0"], StringComparer.OrdinalIgnoreCase);

    private MirrorWish() { }

    /// <summary>To whatever sensor is the default where the workload is.</summary>
    public sealed record ToDefault : MirrorWish;

    public sealed record ToSensor(SensorName Sensor) : MirrorWish;
    public sealed record No : MirrorWish;

    /// <summary>Reads a tag's value: a keyword in any case, else a sensor's name, matched exactly.</summary>
    public static MirrorWish Of(string tagValue) => tagValue switch
    {
        _ when YesWords.Contains(tagValue) => new ToDefault(),
        _ when NoWords.Contains(tagValue) => new No(),
        _ => new ToSensor(new SensorName(tagValue)),
    };
}
