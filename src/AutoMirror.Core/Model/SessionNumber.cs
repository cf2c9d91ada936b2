namespace AutoMirror.Core.Model;

/// <summary>The number of a session on its network interface: 1–32766, unique there;
/// the lowest whose filter accepts a packet gets it.</summary>
/// <remarks>Range: EC2 API reference, CreateTrafficMirrorSession, SessionNumber.</remarks>
internal readonly record struct SessionNumber : IComparable<SessionNumber>
{
    /// <summary>The smallest and the largest number that EC2 takes.</summary>
    public const int Minimum = 1, Maximum = 32766;

    private SessionNumber(int value) => Value = value;

    /// <summary>The first number, which the sensor vendor advises.</summary>
    public static SessionNumber First { get; } = new(Minimum);

    public int Value { get; }

    /// <summary>The session number of that value, or null when it is out of range.</summary>
    public static SessionNumber? TryFrom(long value) => value is >= Minimum and <= Maximum ? new((int)value) : null;

    /// <summary><paramref name="wanted"/>, else the next higher number that is free, else the next lower one.</summary>
    /// <remarks>EC2 allows three sessions on an interface, so a number is always free.</remarks>
    public static SessionNumber FirstFree(SessionNumber wanted, IReadOnlyCollection<SessionNumber> taken) =>
        Enumerable.Range(wanted.Value, Maximum - wanted.Value + 1)
            .Concat(Enumerable.Range(Minimum, wanted.Value - Minimum).Reverse())
            .Select(value => new SessionNumber(value)).First(number => !taken.Contains(number));

    public int CompareTo(SessionNumber other) => Value.CompareTo(other.Value);

    public override string ToString() => $"{Value}";
}
