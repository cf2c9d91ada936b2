namespace AutoMirror.Emulator.Tests.Ssm;

public sealed class ParameterStoreTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("/a b", "ValidationException")]
    [InlineData("a/b", "ValidationException")]
    [InlineData("/aws/x", "ValidationException")]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "HierarchyLevelLimitExceededException")]
    public void A_name_that_breaks_the_rules_is_refused(string name, string code) =>
        Assert.Equal(code, World.CodeOf(() => _world.Cloud.Ssm.Put(name, "v", "String")));

    [Fact]
    public void Values_have_limits_by_tier()
    {
        Assert.Equal("ValidationException", World.CodeOf(() => _world.Cloud.Ssm.Put("/a", new string('x', 4097), "String")));
        Assert.Equal("Advanced", _world.Cloud.Ssm.Put("/a", new string('x', 8192), "String", tier: "Advanced").Tier);
        Assert.Equal("ValidationException",
            World.CodeOf(() => _world.Cloud.Ssm.Put("/b", new string('x', 8193), "String", tier: "Advanced")));
        Assert.Equal("ParameterPatternMismatchException",
            World.CodeOf(() => _world.Cloud.Ssm.Put("/c", "x", "String", allowedPattern: "^\\d+$")));
    }

    [Fact]
    public void A_path_lists_its_level_or_all_below()
    {
        foreach (var name in new[] { "/a/1", "/a/b/2", "/ab/3" })
            _world.Cloud.Ssm.Put(name, "v", "String");

        Assert.Equal(["/a/1"], _world.Cloud.Ssm.ByPath("/a", false).Select(parameter => parameter.Name));
        Assert.Equal(["/a/1", "/a/b/2"], _world.Cloud.Ssm.ByPath("/a/", true).Select(parameter => parameter.Name));
        Assert.Equal(3, _world.Cloud.Ssm.ByPath("/", true).Count);
    }
}
