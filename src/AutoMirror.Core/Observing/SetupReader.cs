using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>The port to Parameter Store. One object serves one invocation.</summary>
public interface IParameterStore
{
    /// <summary>How often each action was called so far, retries included.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    /// <summary>Every parameter under a prefix, at any depth, all pages.</summary>
    Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>What came of reading the setup.</summary>
public abstract record SetupReading
{
    private SetupReading()
    {
    }

    /// <summary>It was read, and is as it should be.</summary>
    /// <param name="Setup">The setup.</param>
    public sealed record Ready(Setup Setup) : SetupReading;

    /// <summary>What Parameter Store holds is wrong: nothing is done, and no retry helps.</summary>
    /// <param name="Errors">Everything that is wrong.</param>
    public sealed record Misconfigured(IReadOnlyList<ConfigurationError> Errors) : SetupReading;

    /// <summary>It could not be read.</summary>
    /// <param name="What">The action that was refused.</param>
    /// <param name="Refusal">Why.</param>
    public sealed record Unreachable(string What, Refusal Refusal) : SetupReading;
}

/// <summary>Reads the configuration and the mirror targets together: one round trip, unless a choice between targets needs more.</summary>
internal sealed class SetupReader(IParameterStore parameters, IEc2 ec2, TimeProvider time, string prefix)
{
    /// <summary>The configuration alone; null when Parameter Store can't be read.</summary>
    public async Task<ConfigurationReading?> ReadConfigurationAsync(CancellationToken cancellationToken) =>
        await parameters.ReadAsync(prefix, cancellationToken) is Answer<IReadOnlyList<Parameter>>.Given { Value: var values } ? ConfigurationReader.Read(prefix, values) : null;

    public async Task<SetupReading> ReadAsync(CancellationToken cancellationToken)
    {
        // The time before the read: a copy is as old as the oldest thing that may be in it.
        var readAt = time.GetUtcNow();
        var reading = parameters.ReadAsync(prefix, cancellationToken);
        var describing = ec2.DescribeTargetsAsync(cancellationToken);
        await Task.WhenAll(reading, describing);

        if (await reading is not Answer<IReadOnlyList<Parameter>>.Given { Value: var values })
            return new SetupReading.Unreachable("GetParametersByPath", ((Answer<IReadOnlyList<Parameter>>.Refused)await reading).Refusal);
        var read = ConfigurationReader.Read(prefix, values);
        if (read is not ConfigurationReading.Valid { Configuration: var configuration })
            return new SetupReading.Misconfigured(((ConfigurationReading.Invalid)read).Errors);
        if (await describing is not Answer<IReadOnlyList<TrafficMirrorTarget>>.Given { Value: var targets })
            return new SetupReading.Unreachable("DescribeTrafficMirrorTargets", ((Answer<IReadOnlyList<TrafficMirrorTarget>>.Refused)await describing).Refusal);

        var known = targets.ToDictionary(target => target.Id);
        foreach (var target in await CaptureInterfaces.LocateAsync(ec2, configuration, targets, cancellationToken))
            known[target.Id] = target;
        return new SetupReading.Ready(new Setup(prefix, configuration, known, readAt));
    }
}
