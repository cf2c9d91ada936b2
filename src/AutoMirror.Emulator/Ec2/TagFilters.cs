namespace AutoMirror.Emulator.Ec2;

/// <summary>Which filters by tag a describe takes: those that it documents; Traffic Mirroring's, which document none, take both kinds all the same.</summary>
internal enum TagFilters
{
    /// <summary>None.</summary>
    None,

    /// <summary><c>tag:KEY</c> only.</summary>
    ByKey,

    /// <summary><c>tag:KEY</c> and <c>tag-key</c>.</summary>
    All,
}
