namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>How an operator treats a key that may have several values ("Set operators for multivalued context keys").</summary>
internal enum ConditionSet
{
    /// <summary>No prefix: for keys with one value.</summary>
    None,

    /// <summary><c>ForAllValues:</c>, which is true when the key is absent.</summary>
    ForAllValues,

    /// <summary><c>ForAnyValue:</c>, which is false when the key is absent.</summary>
    ForAnyValue,
}
