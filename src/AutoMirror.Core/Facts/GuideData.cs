using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoMirror.Core.Facts;

/// <summary>What AWS's guides say, as data files in the assembly, each with its source and date.</summary>
internal static class GuideData
{
    /// <exception cref="InvalidOperationException">The assembly was built without it.</exception>
    public static T Load<T>(string file, JsonTypeInfo<T> type)
    {
        using var stream = typeof(GuideData).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not in the assembly.");
        return JsonSerializer.Deserialize(stream, type) ?? throw new InvalidOperationException($"{file} is empty.");
    }
}
