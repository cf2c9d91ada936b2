using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>All that Parameter Store says: the policy, the shared filter and the sensors.</summary>
/// <param name="Policy">Who is mirrored, and how.</param>
/// <param name="FilterId">The filter of every session.</param>
/// <param name="Sensors">The targets of each sensor; a pool may be empty.</param>
public sealed record Configuration(
    Policy Policy,
    Id<TrafficMirrorFilter> FilterId,
    IReadOnlyDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>> Sensors);

/// <summary>One parameter as Parameter Store gives it.</summary>
/// <param name="Name">The full name, slashes included.</param>
/// <param name="Type">String, StringList or SecureString.</param>
/// <param name="Value">The value; a StringList's entries are separated by commas.</param>
public sealed record Parameter(string Name, string Type, string Value);

/// <summary>What came of reading the configuration.</summary>
public abstract record ConfigurationReading
{
    private ConfigurationReading()
    {
    }

    /// <summary>Everything is as it should be.</summary>
    /// <param name="Configuration">What it says.</param>
    public sealed record Valid(Configuration Configuration) : ConfigurationReading;

    /// <summary>Something is wrong: nothing is done until a person has put it right.</summary>
    /// <param name="Errors">Everything that is wrong, at least one.</param>
    public sealed record Invalid(IReadOnlyList<ConfigurationError> Errors) : ConfigurationReading;
}
