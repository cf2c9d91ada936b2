using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>The events of these tests, and reads that lag.</summary>
public partial class WitnessTests
{
    private static DateTimeOffset Now => World.ReadAt;

    private static MirrorEvent.InstanceStateChange State(InstanceState state) => new(I1, state) { Time = Now };

    private static MirrorEvent.TagChange Tagged(Tags after, long version) =>
        new(TagLevel.Instance, new Scope.Part { Instances = [I1] }, ["Mirror"]) { Time = Now, After = after, Version = version };

    private static RunResult Run(RunningWorld run, params MirrorEvent[] events) =>
        run.Await(run.Reconciler().RunAsync(events, run.NextDelivery(), CancellationToken.None));

    /// <summary>The first reads do not show an instance, or show it in a state that it had before.</summary>
    private static void LagBy(RunningWorld run, int reads, InstanceState? showsAs)
    {
        var real = run.Ec2.Instances[I1];
        if (showsAs is { } state)
            run.Ec2.Instances[I1] = real with { State = state };
        else
            run.Ec2.Instances.Remove(I1);
        OnRead(run, reads == int.MaxValue ? reads : reads + 1, () => run.Ec2.Instances[I1] = real);
    }

    private static void OnRead(RunningWorld run, int read, Action happens)
    {
        var reads = 0;
        run.Ec2.Before = action =>
        {
            if (action == "DescribeInstances" && ++reads == read)
                happens();
            return Task.CompletedTask;
        };
    }
}
