using System.Text;
using System.Text.Json;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Reporting;

public class ReportJsonTests
{
    private static readonly Dictionary<string, int> Calls = new() { ["ec2:DescribeInstances"] = 1 };

    [Fact]
    public void Report_has_the_fields_of_the_design_in_their_order()
    {
        var run = new RunningWorld(
            "sensor default tmt-1\ntarget tmt-1 nlb\nrules tmf-1 all\neni-a i-1 running m5.large Mirror=yes\neni-b i-2 running m5.large "
                + "Mirror=no\n"
            + "tms-1 → tmt-1 #1 ours\neni-c i-3 running m5.large Mirror=yes\ntms-2 → tmt-1 #1 ours filter=tmf-9");
        var json = Json(run.Report(new Scope.Everything()));
        Assert.Equal(
            ["scope", "changes", "counts", "verdicts", "problems", "converged", "apiCalls", "build"],
            json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("everything", json.GetProperty("scope").GetProperty("kind").GetString());
        Assert.Equal("tms-new1", json.GetProperty("changes").GetProperty("created")[0].GetProperty("trafficMirrorSessionId").GetString());
        Assert.Equal("tms-2", json.GetProperty("changes").GetProperty("modified")[0].GetProperty("trafficMirrorSessionId").GetString());
        Assert.Equal("""["traffic-mirror-filter-id"]""", json.GetProperty("changes").GetProperty("modified")[0].GetProperty("changed").GetRawText());
        Assert.Equal("tms-1", json.GetProperty("changes").GetProperty("deleted")[0].GetProperty("trafficMirrorSessionId").GetString());
        Assert.Equal("""{"mirrored":2,"opted-out":1}""", json.GetProperty("counts").GetRawText());
        Assert.Equal(
            ["networkInterfaceId", "instanceId", "verdict", "shadowed", "because"],
            json.GetProperty("verdicts")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("none", json.GetProperty("verdicts")[0].GetProperty("shadowed").GetString());
        Assert.Equal(1, json.GetProperty("apiCalls").GetProperty("ssm:GetParametersByPath").GetInt32());
    }

    [Fact]
    public void What_changed_comes_first_then_what_is_a_problem()
    {
        var run = new RunningWorld(
            "sensor default tmt-1\ntarget tmt-1 nlb\nrules tmf-1 all\neni-a i-1 running m5.large Mirror=yes\ntms-1 → tmt-1 #1 "
                + "ours\neni-b i-2 running m5.large Mirror=typo\n"
            + "eni-c i-3 running m5.large Mirror=yes\neni-d i-4 running m5.large Mirror=yes\ntms-2 → tmt-9 #1 foreign\ntms-3 → tmt-1 #2 "
            + "ours");
        Assert.Equal(
            ["eni-c", "eni-b", "eni-d", "eni-a"],
            Json(run.Report(new Scope.Everything())).GetProperty("verdicts").EnumerateArray()
                .Select(verdict => verdict.GetProperty("networkInterfaceId").GetString()));
    }

    [Fact]
    public void Plan_that_is_not_carried_out_says_so()
    {
        var run = new RunningWorld("sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes");
        var json = Json(run.Report(RunningWorld.On("i-1"), dryRun: true));
        Assert.True(json.GetProperty("dryRun").GetBoolean());
        Assert.False(json.GetProperty("converged").GetBoolean());
        Assert.False(json.GetProperty("changes").GetProperty("create")[0].TryGetProperty("trafficMirrorSessionId", out _));
        Assert.Equal(["create", "modify", "delete"], json.GetProperty("changes").EnumerateObject().Select(field => field.Name));
        Assert.Contains("dry run", json.GetProperty("verdicts")[0].GetProperty("because").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_of_a_large_account_is_cut_and_says_by_how_much()
    {
        var run = new RunningWorld(
            "sensor default tmt-1\ntarget tmt-1 nlb\n"
                + string.Concat(Enumerable.Range(0, 2500).Select(i => $"eni-{i} i-{i} running m5.large Mirror=yes\n")));
        var json = Json(run.Report(new Scope.Everything()));
        Assert.Equal(1000, json.GetProperty("verdicts").GetArrayLength());
        Assert.Equal(1500, json.GetProperty("verdictsOmitted").GetInt32());
        Assert.Equal(1000, json.GetProperty("changes").GetProperty("created").GetArrayLength());
        Assert.Equal(1500, json.GetProperty("changes").GetProperty("omitted").GetInt32());
        Assert.Equal(2500, json.GetProperty("counts").GetProperty("mirrored").GetInt32());
    }

    [Fact]
    public void Answer_stays_below_six_megabytes_whatever_stands_in_the_tags()
    {
        // Every instance names a sensor of its own, as long as a tag allows; and a pool of hundreds of targets is gone.
        var gone = string.Join(' ', Enumerable.Range(0, 250).Select(i => $"tmt-0123456789abcde{i:x3}"));
        var world = WorldText.Read($"sensor gone {gone}\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i =>
            $"eni-0123456789ab{i:x5} i-0123456789ab{i:x5} running m5.large \"Mirror="
                + $"{(i % 2 == 0 ? "gone" : new string('\u0416', 240) + i)}\"\n")));
        var size = ReportJson.Write(DryRunOf(world)).Length;
        Assert.True(size < 5_500_000, $"It has {size} bytes.");
    }

    [Fact]
    public void Text_of_any_language_and_quotes_are_written_as_they_are()
    {
        var world = WorldText.Read("eni-a i-1 running m5.large \"Mirror=Grüße <値>\"");
        var json = Encoding.UTF8.GetString(ReportJson.Write(DryRunOf(world)));
        Assert.Contains("'Grüße <値>'", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Scope_names_its_kind_and_ids()
    {
        Assert.Equal("""{"kind":"nothing","reason":"why"}""", Json(Report.OfNothing(RunningWorld.RequestFor(new Scope.Nothing("why")), Calls)).GetProperty("scope").GetRawText());
        var run = new RunningWorld("sensor default tmt-1\ntarget tmt-1 nlb");
        Assert.Equal("""{"kind":"part","instanceIds":["i-1"],"networkInterfaceIds":["eni-1"],"subnetIds":["subnet-1"],"vpcIds":["vpc-1"]}""",
            Json(run.Report(RunningWorld.On("i-1", "eni-1", "subnet-1", "vpc-1"))).GetProperty("scope").GetRawText());
        var many = new Scope.Part { Instances = [.. Enumerable.Range(0, 1200).Select(i => Id<Instance>.Parse($"i-{i}"))] };
        Assert.Equal(200, Json(run.Report(many)).GetProperty("scope").GetProperty("idsOmitted").GetInt32());
    }

    private static Report DryRunOf(World world) =>
        Report.OfPlan(RunningWorld.RequestFor(new Scope.Everything()), world.Situation, world.Plan(), WithheldBy.DryRun, Calls);

    private static JsonElement Json(Report report) => JsonDocument.Parse(ReportJson.Write(report)).RootElement;
}
