using System.Text.Json;

namespace AutoMirror.Emulator.Tests.Events;

public sealed class EmittedEventTests
{
    private readonly World _world = new();

    [Fact]
    public void A_state_change_has_the_documented_envelope()
    {
        var id = _world.Launch().Id;

        var json = JsonDocument.Parse(_world.Cloud.Events.History[0].Json).RootElement;
        Assert.Equal("0", json.GetProperty("version").GetString());
        Assert.Equal("EC2 Instance State-change Notification", json.GetProperty("detail-type").GetString());
        Assert.Equal($"arn:aws:ec2:us-east-1:123456789012:instance/{id}", json.GetProperty("resources")[0].GetString());
        Assert.Equal("2026-03-04T05:06:07Z", json.GetProperty("time").GetString());
        Assert.Equal($$"""{"instance-id":"{{id}}","state":"pending"}""", json.GetProperty("detail").GetRawText());
    }

    [Fact]
    public void A_tag_change_names_the_changed_keys_and_all_tags_after_it()
    {
        var id = _world.Launch().Id;
        _world.Ec2.Tags.Create([id], new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        _world.Ec2.Tags.Create([id], new Dictionary<string, string> { ["a"] = "1" });
        _world.Ec2.Tags.Delete([id], [("a", null)]);

        var changes = _world.Cloud.Events.History.Where(each => each.Source == "aws.tag");
        Assert.Equal(
            [
                """{"changed-tag-keys":["a","b"],"service":"ec2","resource-type":"instance","version":1,"tags":{"a":"1","b":"2"}}""",
                """{"changed-tag-keys":["a"],"service":"ec2","resource-type":"instance","version":2,"tags":{"b":"2"}}""",
            ],
            changes.Select(each => each.Detail.ToJsonString()));
    }

    [Fact]
    public void A_parameter_change_names_the_parameter_and_the_operation_but_not_the_value()
    {
        _world.Cloud.Ssm.Put("/a", "v", "String");
        _world.Cloud.Ssm.Put("/a", "w", overwrite: true);
        _world.Cloud.Ssm.Delete("/a");

        var details = _world.Cloud.Events.History.Select(each => each.Detail).ToList();
        Assert.Equal(["Create", "Update", "Delete"], details.Select(detail => detail["operation"]!.GetValue<string>()));
        Assert.Equal("""{"operation":"Update","name":"/a","type":"String"}""", details[1].ToJsonString());
    }

    [Fact]
    public void Listeners_hear_of_an_event_after_the_operation_and_may_call_back()
    {
        var seen = 0;
        _world.Cloud.Events.Emitted += _ => seen += _world.Ec2.Instances.Describe(Query.All).Items.Count;

        _world.Launch();

        Assert.Equal(2, seen);
    }

    [Fact]
    public void The_same_seed_gives_the_same_history()
    {
        static List<string> Run()
        {
            var world = new World();
            world.Ec2.Sessions.Create(world.Session(world.Source(), world.LoadBalancer()));
            return [.. world.Cloud.Events.History.Select(each => each.Json), world.Ec2.Sessions.Describe(Query.All).Items[0].ToString()];
        }

        Assert.Equal(Run(), Run());
    }
}
