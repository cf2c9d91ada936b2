namespace AutoMirror.Emulator.Ec2.Tagging;

/// <summary>Tags over the wire.</summary>
internal static class TagActions
{
    /// <summary>"Specify up to 1000 resource IDs."</summary>
    private const int MostResources = 1000;

    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateTags", Create);
        actions.Add("DeleteTags", Delete);
        actions.Add("DescribeTags", call => call.Describe(call.Query(ids: null), "tagSet", call.Ec2.Tags.Describe, tag => call.Body
            .Text("resourceId", tag.ResourceId).Text("resourceType", tag.ResourceType).Text("key", tag.Key).Text("value", tag.Value)));
    }

    private static void Create(Ec2Call call)
    {
        var ids = Resources(call);
        var tags = Ec2Call.ReadTags(call.Input);
        if (tags.Count == 0)
            throw Ec2Errors.MissingParameter("Tag");
        call.Do(() => call.Ec2.Tags.Create(ids, tags));
        call.Return();
    }

    private static void Delete(Ec2Call call)
    {
        var ids = Resources(call);
        List<(string, string?)> tags = [.. call.Input.Structures("Tag").Select(tag => (tag.Required("Key"), tag.Text("Value")))];
        call.Do(() => call.Ec2.Tags.Delete(ids, tags));
        call.Return();
    }

    private static IReadOnlyList<string> Resources(Ec2Call call) => call.Input.Texts("ResourceId") switch
    {
        [] => throw Ec2Errors.MissingParameter("resourceIdSet"),
        { Count: > MostResources } => throw Ec2Errors.InvalidParameterValue($"The number of resources must not exceed {MostResources}."),
        var ids => ids,
    };
}
