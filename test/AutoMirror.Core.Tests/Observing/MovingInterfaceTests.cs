using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>Interfaces that move, or come, while they are read.</summary>
public class MovingInterfaceTests
{
    private const string One = """
        sensor default tmt-1
        target tmt-1 nlb
        eni-a i-1 running m5.large Mirror=yes in=subnet-1 in=vpc-1
        """;

    [Fact]
    public void Session_whose_interface_moved_to_another_instance_makes_that_instance_join()
    {
        var run = new RunningWorld("""
            sensor default tmt-1
            target tmt-1 nlb
            eni-a i-2 running m5.large Mirror=yes
              tms-1 → tmt-1 #1 ours description=automirror/automirror/i-1 automirror:instance-id=i-1 "Name=automirror i-1"
            eni-b i-1 stopped m5.large Mirror=yes
            """);
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Equal(["tms-1 eni-a → tmt-1 #1"], run.Sessions);
        Assert.Equal("automirror/automirror/i-2", run.Ec2.Sessions.Values.Single().Description);
        Assert.Equal("mirrored", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
    }

    [Fact]
    public void Interface_that_moves_while_it_is_read_counts_where_it_was_seen_last()
    {
        // The failover of two interfaces: when i-1 is read, one of them has moved; when i-2 is, both have.
        var run = new RunningWorld("""
            sensor default tmt-1
            target tmt-1 nlb
            eni-a i-1 stopped m5.large Mirror=yes
              tms-1 → tmt-1 #1 ours
            eni-b i-2 running m5.large Mirror=yes
              tms-2 → tmt-1 #1 ours description=automirror/automirror/i-1
            """);
        var (first, second) = (Id<NetworkInterface>.Parse("eni-a"), Id<NetworkInterface>.Parse("eni-b"));
        run.Ec2.Before = action =>
        {
            if (action == "DescribeNetworkInterfaces")
                run.Ec2.Interfaces[first] = run.Ec2.Interfaces[first] with { Attachment = run.Ec2.Interfaces[second].Attachment };
            return Task.CompletedTask;
        };
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Equal(2, run.Ec2.Sessions.Count);
        Assert.Equal("i-2", RunningWorld.VerdictOn(report, "eni-a").InstanceId?.Value);
    }

    [Fact]
    public void Launch_between_the_two_reads_of_a_sweep_deletes_nothing()
    {
        var run = new RunningWorld(One);
        run.Ec2.Instances.Clear();
        var hidden = run.Ec2.Interfaces.Values.Single();
        run.Ec2.Interfaces.Clear();
        run.Ec2.Before = action =>
        {
            // After the instances were read, before the sessions are.
            if (action == "DescribeSessions" && run.Ec2.Instances.Count == 0)
            {
                run.Ec2.Instances[run.World.Instances.Keys.Single()] = run.World.Instances.Values.Single() with { NetworkInterfaces = [] };
                run.Ec2.Interfaces[hidden.Id] = hidden;
                run.Ec2.Sessions[
                    Id<TrafficMirrorSession>.Parse("tms-1")] = WorldText.Read(One + "\ntms-1 → tmt-1 #1 ours").Sessions.Single();
            }

            return Task.CompletedTask;
        };
        var report = run.Report(new Scope.Everything());
        Assert.Equal(["tms-1 eni-a → tmt-1 #1"], run.Sessions);
        Assert.Equal("mirrored", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
    }

    [Fact]
    public void An_interface_that_its_instance_shows_and_its_own_describe_not_yet_is_there()
    {
        var run = new RunningWorld(One);
        var late = run.Ec2.Interfaces.Values.Single();
        run.Ec2.Before = action =>
        {
            if (action == "DescribeNetworkInterfaces")
                run.Ec2.Interfaces.Remove(late.Id);
            else
                run.Ec2.Interfaces[late.Id] = late;
            return Task.CompletedTask;
        };
        var report = run.Report(RunningWorld.On("i-1", "eni-a"));
        Assert.Equal("mirrored", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
        Assert.Single(run.Sessions);
    }
}
