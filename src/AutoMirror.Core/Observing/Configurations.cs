using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>Reads the configuration, and keeps it between invocations for a short while.</summary>
/// <remarks>
/// Parameters and mirror targets are read together, in one round trip. Where it takes the policy to
/// tell whether an event leads anywhere, the parameters are read first, and
/// serve for the rest too. Nothing invalid is kept: the next invocation sees at once what a person has corrected.
/// </remarks>
internal sealed class Configurations(IParameterStore parameters, IEc2 ec2, ConfigurationCache cache, TimeProvider time, string prefix)
{
    /// <summary>The parameters, from the cache where they are young enough.</summary>
    public async Task<Reading<ParameterSet>> ReadParametersAsync(CancellationToken cancellationToken)
    {
        if (cache.ParametersAt(time.GetUtcNow()) is { } kept)
            return new Reading<ParameterSet>.Ready(kept.Value);

        // The time before the read: a copy is as old as the oldest thing that may be in it.
        var readAt = time.GetUtcNow();
        var reading = Parse(await parameters.ReadAsync(prefix, cancellationToken));
        if (reading is Reading<ParameterSet>.Ready { Value: var read })
            cache.Keep(new Dated<ParameterSet>(read, readAt));
        return reading;
    }

    /// <summary>The configuration, from the cache where that is young enough.</summary>
    /// <param name="notBefore">A copy that was read before this is read again.</param>
    public async Task<Reading<Configuration>> ReadAsync(DateTimeOffset? notBefore, CancellationToken cancellationToken) =>
        cache.At(time.GetUtcNow(), notBefore) is { } kept
            ? new Reading<Configuration>.Ready(kept)
            : await ReadAnewAsync(notBefore, cancellationToken);

    private async Task<Reading<Configuration>> ReadAnewAsync(DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = cache.ParametersAt(now, notBefore);
        var describing = ec2.DescribeTargetsAsync(cancellationToken);
        var reading = known is null
            ? Parse(await parameters.ReadAsync(prefix, cancellationToken))
            : new Reading<ParameterSet>.Ready(known.Value);
        var described = await describing;
        switch (reading)
        {
            case Reading<ParameterSet>.Misconfigured { Errors: var errors }:
                return new Reading<Configuration>.Misconfigured(errors);
            case Reading<ParameterSet>.Unreachable { Action: var action, Refusal: var refusal }:
                return new Reading<Configuration>.Unreachable(action, refusal);
            case Reading<ParameterSet>.Ready { Value: var set }:
                if (!described.TryGet(out var targets, out var why))
                    return new Reading<Configuration>.Unreachable(Actions.DescribeTargets, why);
                var configuration = new Configuration(prefix, set, targets.ToDictionary(target => target.Id), known?.ReadAt ?? now);
                cache.Keep(configuration);
                return new Reading<Configuration>.Ready(configuration);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private Reading<ParameterSet> Parse(Answer<IReadOnlyList<Parameter>> answer) => answer.TryGet(out var values, out var refusal)
        ? ParameterSetReader.Read(prefix, values)
        : new Reading<ParameterSet>.Unreachable(Actions.GetParametersByPath, refusal);
}
