using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Smpi.Generators;

/// <summary>What a compilation can use.</summary>
/// <param name="Assembly">Its name as an identifier.</param>
/// <param name="HasChannel">Whether it knows the channel.</param>
/// <param name="HasJson">Whether it knows the shapes of JSON.</param>
/// <param name="HasMessagePack">Whether it knows the shapes of MessagePack.</param>
/// <param name="HasProtobuf">Whether it knows the shapes of Protobuf.</param>
internal sealed record Target(string Assembly, bool HasChannel, bool HasJson, bool HasMessagePack, bool HasProtobuf)
{
    public static Target Of(Compilation compilation) => new(
        Names.Id("global::" + (compilation.AssemblyName ?? "Assembly")),
        compilation.GetTypeByMetadataName("Smpi.ICaller") is not null,
        compilation.GetTypeByMetadataName("Smpi.JsonRecordShape`1") is not null,
        compilation.GetTypeByMetadataName("Smpi.MessagePackRecordShape`1") is not null,
        compilation.GetTypeByMetadataName("Smpi.ProtobufShape`1") is not null);

    /// <summary>Whether the project is to run where reflection is off: it is published with NativeAOT or trimmed, or says that it can be.</summary>
    public static bool IsWithoutReflection(AnalyzerConfigOptions options)
    {
        bool Is(string property, string value) =>
            options.TryGetValue("build_property." + property, out string? given) && given.Equals(value, StringComparison.OrdinalIgnoreCase);
        return Is("PublishAot", "true") || Is("PublishTrimmed", "true") || Is("IsAotCompatible", "true") || Is("JsonSerializerIsReflectionEnabledByDefault", "false");
    }
}
