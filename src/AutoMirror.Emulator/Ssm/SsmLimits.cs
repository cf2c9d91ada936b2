using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ssm;

/// <summary>The limits that SSM's service model sets for the members of Parameter Store's requests.</summary>
internal static class SsmLimits
{
    private const string TagPattern = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";

    private static readonly Limit Name = Limit.Needed("Name", 1, 2048);
    private static readonly Limit[] Names = [Limit.Needed("Names", 1, 10), Limit.Of("Names[]", 1, 2048)];

    private static readonly Limit[] Filters =
    [
        Limit.Needed("ParameterFilters[].Key", 1, 132) with { Pattern = "tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType" },
        Limit.Of("ParameterFilters[].Option", 1, 10), Limit.Of("ParameterFilters[].Values", 1, 50),
        Limit.Of("ParameterFilters[].Values[]", 1, 1024),
    ];

    private static readonly Limit[] Resource =
    [
        Limit.OneOf("ResourceType", "Document", "ManagedInstance", "MaintenanceWindow", "Parameter", "PatchBaseline", "OpsItem",
            "OpsMetadata", "Automation", "Association") with { Required = true },
        Limit.Needed("ResourceId"),
    ];

    private static readonly Limit[] Tags =
    [
        Limit.Of("Tags", 0, 1000), Limit.Needed("Tags[].Key", 1, 128) with { Pattern = TagPattern },
        Limit.Needed("Tags[].Value", 0, 256) with { Pattern = TagPattern },
    ];

    public static IEnumerable<Limit> Of(string action) => action switch
    {
        "PutParameter" =>
        [
            Name, Limit.Needed("Value"), Limit.Of("Description", 0, 1024), Limit.OneOf("Type", "String", "StringList", "SecureString"),
            Limit.Of("KeyId", 1, 256) with { Pattern = "[a-zA-Z0-9:/_-]+" }, Limit.Of("AllowedPattern", 0, 1024), .. Tags,
            Limit.OneOf("Tier", "Standard", "Advanced", "Intelligent-Tiering"), Limit.Of("Policies", 1, 4096),
            Limit.Of("DataType", 0, 128),
        ],
        "GetParameter" or "DeleteParameter" => [Name],
        "GetParameters" or "DeleteParameters" => Names,
        "GetParametersByPath" => [Limit.Needed("Path", 1, 2048), .. Filters, Limit.Of("MaxResults", 1, 10)],
        "DescribeParameters" => [.. Filters, Limit.Of("MaxResults", 1, 50)],
        "AddTagsToResource" => [.. Resource, Limit.Needed("Tags"), .. Tags],
        "RemoveTagsFromResource" =>
            [.. Resource, Limit.Needed("TagKeys"), Limit.Of("TagKeys[]", 1, 128) with { Pattern = TagPattern }],
        "ListTagsForResource" => Resource,
        _ => [],
    };
}
