namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class TagTests
{
    private readonly World _world = new();

    [Fact]
    public void Tags_go_on_every_kind_of_resource_and_are_listed_by_kind()
    {
        var instance = _world.Launch();
        var session = _world.Ec2.Sessions.Create(_world.Session(_world.InterfaceOf(instance.Id), _world.LoadBalancer()));
        string[] ids = [instance.Id, _world.InterfaceOf(instance.Id), session.Id, session.FilterId, session.TargetId, instance.SubnetId,
            instance.VpcId];

        _world.Ec2.Tags.Create(ids, Tag("k", "v"));

        Assert.Equal(
            ["instance", "network-interface", "subnet", "traffic-mirror-filter", "traffic-mirror-session", "traffic-mirror-target", "vpc"],
            _world.Ec2.Tags.Describe(new Query { Filters = [new Filter("key", "k")] }).Items.Select(tag => tag.ResourceType).Order());
    }

    [Fact]
    public void One_unknown_id_and_no_resource_is_tagged()
    {
        var id = _world.Launch().Id;

        Assert.Equal("InvalidInstanceID.NotFound", World.CodeOf(() => _world.Ec2.Tags.Create([id, "i-0123456789abcdef0"], Tag("k", "v"))));
        Assert.Equal("InvalidID", World.CodeOf(() => _world.Ec2.Tags.Create([id, "thing-1"], Tag("k", "v"))));
        Assert.Empty(_world.Ec2.Tags.Describe(Query.All).Items);
    }

    [Theory]
    [InlineData("aws:k", "v", "InvalidParameterValue")]
    [InlineData("", "v", "InvalidParameterValue")]
    public void A_key_that_breaks_the_rules_is_refused(string key, string value, string code) =>
        Assert.Equal(code, World.CodeOf(() => _world.Ec2.Filters.Create(null, Tag(key, value))));

    /// <summary>EC2 User Guide, "Tag restrictions": 128 and 256 Unicode characters, not UTF-16 code units.</summary>
    [Fact]
    public void Keys_and_values_have_lengths_in_characters()
    {
        string Text(int length) => string.Concat(Enumerable.Repeat("🙂", length));

        _world.Ec2.Filters.Create(null, new Dictionary<string, string> { [Text(128)] = Text(256) });
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Filters.Create(null, Tag(Text(129), ""))));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Filters.Create(null, Tag("k", Text(257)))));
    }

    [Fact]
    public void A_resource_has_fifty_tags_at_most()
    {
        var id = _world.Ec2.Filters.Create().Id;
        _world.Ec2.Tags.Create([id], Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", _ => "v"));

        Assert.Equal("TagLimitExceeded", World.CodeOf(() => _world.Ec2.Tags.Create([id], Tag("k50", "v"))));
        _world.Ec2.Tags.Create([id], Tag("k49", "w"));
    }

    [Fact]
    public void Tags_are_deleted_by_key_by_key_and_value_or_altogether()
    {
        var id = _world.Ec2.Filters.Create(null, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["c"] = "3" }).Id;
        _world.Ec2.Tags.Delete([id], [("a", null), ("b", "other"), ("none", null), ("nothing", "x")]);
        Assert.Equal(["b", "c"], Keys());
        _world.Ec2.Tags.Delete([id], [("b", "2")]);
        Assert.Equal(["c"], Keys());
        _world.Ec2.Tags.Delete([id], []);
        Assert.Empty(Keys());

        IEnumerable<string> Keys() => _world.Ec2.Tags.Describe(Query.All).Items.Select(tag => tag.Key);
    }

    private static Dictionary<string, string> Tag(string key, string value) => new() { [key] = value };
}
