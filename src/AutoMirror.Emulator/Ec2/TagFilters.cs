namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// Which filters by tag a describe takes: those that it documents. Traffic Mirroring's describes document none and take both kinds all
/// the same, since published software sends them.
/// </summary>
internal enum TagFilters
{
    None,

    /// <summary><c>tag:KEY</c> only.</summary>
    ByKey,

    /// <summary><c>tag:KEY</c> and <c>tag-key</c>.</summary>
    All,
}
