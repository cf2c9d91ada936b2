using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Planning;

/// <summary>Every small world there is, up to the lists below, held against what holds for all.</summary>
public class SmallWorldTests
{
    private const string Sensors =
        "sensor default tmt-1\nsensor ids tmt-1 tmt-2\nsensor gone tmt-9\ntarget tmt-1 nlb\ntarget tmt-2 eni-s - m5.large\n";

    private static readonly string[] Policies = ["{}", """{"onStop":"keep","sessionNumber":2}""", """{"standaloneInterfaces":true,"interfaces":"primary"}"""];
    private static readonly string[] States = ["pending", "running", "stopping", "stopped", "shutting-down", "terminated"];
    private static readonly string[] TagValues = ["", "Mirror=yes", "Mirror=no", "Mirror=ids", "Mirror=typo", "Mirror=gone"];
    private static readonly string[] Attachments = ["", "attaching", "detaching", "detached", "type=efa", "ipv6-only", "index=3"];

    private static readonly string[][] Layouts =
    [
        [], ["→ tmt-1 #1 ours"], ["→ tmt-2 #1 ours"], ["→ tmt-9 #1 ours"], ["→ tmt-1 #2 ours sensor=ids"],
        ["→ tmt-1 #1 ours", "→ tmt-2 #2 ours"],
        ["→ tmt-2 #3 ours", "→ tmt-1 #2 ours", "→ tmt-9 #1 ours"], ["→ tmt-9 #1 foreign"], ["→ tmt-9 #1 foreign", "→ tmt-1 #2 ours"],
        ["→ tmt-9 #1 other", "→ tmt-9 #2 foreign"],
        ["→ tmt-9 #1 foreign", "→ tmt-9 #2 foreign", "→ tmt-1 #3 ours"], ["→ tmt-9 #1 foreign", "→ tmt-9 #2 foreign", "→ tmt-9 #3 foreign"],
        ["→ tmt-1 #2 ours filter=tmf-2 length=5", "→ tmt-9 #3 foreign"],
    ];

    private static readonly string[] Coverages = ["account", "owned", "interfaces"];

    [Fact]
    public void Every_world_of_one_interface_is_sound()
    {
        foreach (var coverage in Coverages)
        {
            foreach (var policy in Policies)
            {
                foreach (var holder in States.Select(state => $"i-1 {state} m5.large").Append("-"))
                {
                    foreach (var (tag, attachment) in from tag in TagValues from attachment in Attachments select (tag, attachment))
                    {
                        var own = holder == "-" && tag.Length > 0 ? $"@{tag}" : tag;
                        foreach (var layout in Layouts)
                        {
                            Check(
                                $"policy {policy}\n{Sensors}sessions {coverage}\neni-a {holder} {own} {attachment}\n"
                                    + $"{Lines(layout, "a", coverage)}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_world_of_two_interfaces_on_one_instance_is_sound()
    {
        foreach (var (state, tag) in from state in States from tag in TagValues select (state, tag))
        {
            foreach (var (one, other) in from one in Layouts from other in Layouts select (one, other))
                Check($"{Sensors}eni-a i-1 {state} m5.large {tag}\n{Lines(one, "a")}\neni-b i-1\n{Lines(other, "b")}");
        }
    }

    [Fact]
    public void Every_world_of_three_interfaces_with_little_room_is_sound()
    {
        // Nine sources on the target that takes ten leave room for one of the three.
        var others = string.Join(
            '\n', Enumerable.Range(0, 9).Select(i => $"eni-z{i} i-z{i} running m5.large Mirror=ids\ntms-z{i} → tmt-2 #1 ours sensor=ids"));
        string[] tags = ["Mirror=yes", "Mirror=ids", "Mirror=small", "Mirror=no"];
        string[][] layouts = [[], ["→ tmt-1 #1 ours"], ["→ tmt-9 #1 ours"], ["→ tmt-9 #1 foreign"]];
        var each = (from tag in tags from layout in layouts select (Tag: tag, Layout: layout)).ToList();
        foreach (var (a, b, c) in from a in each from b in each from c in each select (a, b, c))
        {
            Check($"{Sensors}sensor small tmt-2\n{others}\n"
                + $"eni-a i-1 running m5.large {a.Tag}\n{Lines(a.Layout, "a")}\n"
                + $"eni-b i-2 running m5.large {b.Tag}\n{Lines(b.Layout, "b")}\n"
                + $"eni-c i-3 running m5.large {c.Tag}\n{Lines(c.Layout, "c")}");
        }
    }

    // What is foreign is not seen by those who read their own only.
    private static string Lines(string[] sessions, string id, string coverage = "account") => string.Join('\n', sessions
        .Where(session => coverage != "owned" || session.Contains("ours", StringComparison.Ordinal))
            .Select((session, index) => $"tms-{id}{index} {session}"));

    private static void Check(string text)
    {
        try
        {
            Invariants.Hold(WorldText.Read(text));
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"{problem.Message}\nin the world\n{text}", problem);
        }
    }
}
