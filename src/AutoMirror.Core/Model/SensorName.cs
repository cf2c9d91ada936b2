namespace AutoMirror.Core.Model;

/// <summary>The name of a sensor, matched exactly: the last part of a parameter under
/// <c>targets/</c>, and what owners write in their tag.</summary>
/// <param name="Value">The name, up to 256 characters as in an EC2 tag's value.</param>
internal readonly record struct SensorName(string Value) : IComparable<SensorName>
{
    /// <summary>The sensor of a plain opt-in.</summary>
    public static SensorName Default { get; } = new("default");

    public int CompareTo(SensorName other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
