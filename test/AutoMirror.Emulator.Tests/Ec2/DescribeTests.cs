using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class DescribeTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("tag:Name", "web-1", 1)]
    [InlineData("tag:Name", "web-*", 2)]
    [InlineData("tag:Name", "web-?", 2)]
    [InlineData("tag:Name", "WEB-1", 0)]
    [InlineData("tag:Name", "*", 3)]
    [InlineData("tag-key", "Name", 3)]
    [InlineData("tag-key", "Na*", 3)]
    [InlineData("description", "s*", 1)]
    public void Filters_match_by_text_and_wildcards(string name, string value, int expected)
    {
        Tagged("web-1");
        Tagged("web-2");
        Tagged("db-1", "storage");

        Assert.Equal(expected, Count(new Filter(name, value)));
    }

    [Fact]
    public void Values_are_alternatives_and_filters_all_have_to_match()
    {
        Tagged("a", "x");
        Tagged("b", "x");
        Tagged("c", "y");

        Assert.Equal(2, Count(new Filter("tag:Name", "a", "c")));
        Assert.Equal(1, Count(new Filter("tag:Name", "a", "c"), new Filter("description", "y")));
    }

    [Fact]
    public void A_backslash_makes_a_wildcard_literal()
    {
        Tagged("a*b");
        Tagged("acb");

        Assert.Equal(1, Count(new Filter("tag:Name", @"a\*b")));
    }

    [Fact]
    public void Unknown_filters_and_too_many_values_are_refused()
    {
        Assert.Equal("The filter 'colour' is invalid", Assert.Throws<AwsException>(() => Count(new Filter("colour", "red"))).Message);
        Assert.Equal("FilterLimitExceeded",
            World.CodeOf(() => Count(new Filter("description", [.. Enumerable.Range(0, 201).Select(i => $"{i}")]))));
    }

    [Fact]
    public void Pages_cover_everything_once()
    {
        for (var i = 0; i < 12; i++)
            _world.Ec2.Filters.Create();
        List<string> seen = [];
        string? token = null;
        do
        {
            var page = _world.Ec2.Filters.Describe(new Query { MaxResults = 5, NextToken = token });
            seen.AddRange(page.Items.Select(filter => filter.Id));
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(12, seen.Distinct().Count());
        Assert.Equal(12, seen.Count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1001)]
    public void A_page_has_5_to_1000_results(int wanted) =>
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Sessions.Describe(new Query { MaxResults = wanted })));

    [Fact]
    public void A_token_that_was_not_given_out_is_refused()
    {
        Assert.Equal("InvalidNextToken", World.CodeOf(() => _world.Ec2.Sessions.Describe(new Query { NextToken = "nonsense" })));
        for (var i = 0; i < 6; i++)
            _world.Ec2.Filters.Create();
        var others = _world.Ec2.Filters.Describe(new Query { MaxResults = 5 }).NextToken;
        Assert.Equal("InvalidNextToken", World.CodeOf(() => _world.Ec2.Sessions.Describe(new Query { NextToken = others })));
    }

    [Fact]
    public void Ids_and_a_page_size_exclude_each_other_where_EC2_says_so()
    {
        var instance = _world.Launch();

        Assert.Equal("InvalidParameterCombination",
            World.CodeOf(() => _world.Ec2.Instances.Describe(new Query { Ids = [instance.Id], MaxResults = 5 })));
        Assert.Single(_world.Ec2.Filters.Describe(new Query { Ids = [_world.Ec2.Filters.Create().Id], MaxResults = 5 }).Items);
    }

    [Theory]
    [InlineData("instance-state-name", "running", 1)]
    [InlineData("instance-type", "m5.*", 1)]
    [InlineData("vpc-id", "vpc-nowhere", 0)]
    [InlineData("network-interface.attachment.device-index", "0", 1)]
    [InlineData("network-interface.attachment.device-index", "1", 0)]
    [InlineData("host-id", "*", 0)]
    [InlineData("ena-support", "true", 1)]
    [InlineData("operator.managed", "false", 1)]
    [InlineData("network-interface.attachment.instance-owner-id", "123456789012", 1)]
    [InlineData("network-interface.association.ip-owner-id", "amazon", 1)]
    public void Instances_are_found_by_what_DescribeInstances_documents(string name, string value, int expected)
    {
        _world.Launch();

        Assert.Equal(expected, _world.Ec2.Instances.Describe(new Query { Filters = [new Filter(name, value)] }).Items.Count);
    }

    [Fact]
    public void A_write_shows_to_reads_after_its_delay_when_the_cloud_is_eventually_consistent()
    {
        var late = new World(options => options with { VisibilityDelay = TimeSpan.FromSeconds(30) });
        late.Pass(60);
        var filter = late.Ec2.Filters.Create("new");

        Assert.Equal("InvalidTrafficMirrorFilterId.NotFound",
            World.CodeOf(() => late.Ec2.Filters.Describe(new Query { Ids = [filter.Id] })));
        late.Pass(31);
        Assert.Single(late.Ec2.Filters.Describe(new Query { Ids = [filter.Id] }).Items);
    }

    [Fact]
    public void One_kind_of_resource_can_lag_more_than_the_others()
    {
        var late = new World(options => options with
        {
            VisibilityDelays = new Dictionary<string, TimeSpan> { ["instance"] = TimeSpan.FromSeconds(30) },
        });
        var instance = late.Ec2.RunInstances(new LaunchRequest())[0];

        Assert.Empty(late.Ec2.Instances.Describe(Query.All).Items);
        Assert.Single(late.Ec2.NetworkInterfaces.Describe(Query.All).Items);
        late.Pass(31);
        Assert.Equal(instance.Id, Assert.Single(late.Ec2.Instances.Describe(Query.All).Items).Id);
    }

    [Fact]
    public void One_kind_of_resource_can_lag_less_than_the_others()
    {
        var late = new World(options => options with
        {
            VisibilityDelay = TimeSpan.FromSeconds(30),
            VisibilityDelays = new Dictionary<string, TimeSpan> { ["traffic-mirror-filter"] = TimeSpan.Zero },
        });
        late.Ec2.Filters.Create();
        late.LoadBalancer();

        Assert.Single(late.Ec2.Filters.Describe(Query.All).Items);
        Assert.Empty(late.Ec2.Targets.Describe(Query.All).Items);
    }

    [Fact]
    public void A_delay_for_a_kind_that_is_not_there_is_refused()
    {
        var delays = new Dictionary<string, TimeSpan> { ["sessions"] = TimeSpan.Zero };

        var error = Assert.Throws<ArgumentException>(() => new World(options => options with { VisibilityDelays = delays }));

        Assert.Contains("'sessions'", error.Message, StringComparison.Ordinal);
        Assert.Contains("traffic-mirror-session", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vpc", "InvalidVpcID.Malformed")]
    [InlineData("subnet", "InvalidSubnetID.Malformed")]
    [InlineData("sg", "InvalidGroupId.Malformed")]
    [InlineData("eni", "InvalidNetworkInterfaceId.Malformed")]
    public void A_malformed_id_has_another_error_than_an_unknown_one(string prefix, string code)
    {
        Action<string> describe = prefix switch
        {
            "vpc" => id => _world.Ec2.Networks.DescribeVpcs(new Query { Ids = [id] }),
            "subnet" => id => _world.Ec2.Networks.DescribeSubnets(new Query { Ids = [id] }),
            "sg" => id => _world.Ec2.SecurityGroups.Describe(new Query { Ids = [id] }),
            _ => id => _world.Ec2.NetworkInterfaces.Describe(new Query { Ids = [id] }),
        };

        Assert.Equal(code, World.CodeOf(() => describe($"{prefix}-web")));
        Assert.Equal(code, World.CodeOf(() => describe("0123456789abcdef0")));
        Assert.EndsWith(".NotFound", World.CodeOf(() => describe($"{prefix}-0123456789abcdef0")));
        Assert.EndsWith(".NotFound", World.CodeOf(() => describe($"{prefix}-01234567")));
    }

    /// <summary>EC2 API reference: these describes list their filters, and none by tag is among them.</summary>
    [Fact]
    public void Types_and_states_document_no_filter_by_tag()
    {
        var byTag = new Query { Filters = [new Filter("tag:Name", "x")] };
        Action[] describes = [() => _world.Ec2.Instances.DescribeStatus(byTag), () => _world.Ec2.Instances.DescribeTypes(byTag)];

        Assert.All(describes, describe => Assert.Equal("InvalidParameterValue", World.CodeOf(describe)));
        Assert.Empty(_world.Ec2.Tags.Describe(byTag).Items);
        Assert.Equal("InvalidParameterValue",
            World.CodeOf(() => _world.Ec2.Tags.Describe(new Query { Filters = [new Filter("tag-key", "Name")] })));
    }

    /// <summary>None is documented here either, and published software sends them.</summary>
    [Theory]
    [InlineData("tag:Name", "a*", 1)]
    [InlineData("tag:Name", "b", 0)]
    [InlineData("tag-key", "Na?e", 1)]
    public void Traffic_Mirroring_is_found_by_tags_all_the_same(string name, string value, int expected)
    {
        _world.Ec2.Filters.Create(null, new Dictionary<string, string> { ["Name"] = "alike" });
        _world.Ec2.Filters.Create();
        var query = new Query { Filters = [new Filter(name, value)] };

        Assert.Equal(expected, _world.Ec2.Filters.Describe(query).Items.Count);
        Assert.Empty(_world.Ec2.Filters.DescribeRules(query).Items);
        Assert.Empty(_world.Ec2.Targets.Describe(query).Items);
        Assert.Empty(_world.Ec2.Sessions.Describe(query).Items);
    }

    private int Count(params Filter[] filters) => _world.Ec2.SecurityGroups.Describe(new Query { Filters = filters }).Items.Count;

    private void Tagged(string name, string description = "-") =>
        _world.Ec2.SecurityGroups.Create($"group {name}", description, tags: new Dictionary<string, string> { ["Name"] = name });
}
