using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Whether the serializer treats a type as generated code does. Anything that the serializer was told specially says no.</summary>
internal static class Agreement
{
    /// <summary>Whether a type is written and read by the framework's own converter, without anything special.</summary>
    public static bool IsPlain(JsonTypeInfo info) =>
        IsOfFramework(info.Converter)
        && info.PolymorphismOptions is null
        && IsStrict(info.NumberHandling)
        && info.PreferredPropertyObjectCreationHandling is null or JsonObjectCreationHandling.Replace
        && info is { OnSerializing: null, OnSerialized: null, OnDeserializing: null }
        && NotNullMembers.IsAlone(info.OnDeserialized);

    /// <summary>Whether a shape agrees with what the serializer knows of its type.</summary>
    public static bool Of(JsonShape shape, JsonSerializerOptions options, HashSet<Type> seen) =>
        options.TryGetTypeInfo(shape.Type, out JsonTypeInfo? info) && shape.Agrees(info, seen);

    /// <summary>Whether the serializer writes and reads the same members in the same order, each in the plain way.</summary>
    public static bool OfMembers(IReadOnlyList<JsonShapeMember> members, JsonTypeInfo info, HashSet<Type> seen)
    {
        int at = 0;
        foreach (JsonPropertyInfo property in info.Properties)
        {
            // What is ignored in both directions is left out here too.
            if (property is { Get: null, Set: null, AssociatedParameter: null, IsExtensionData: false }) continue;
            if (at == members.Count || !IsSame(members[at++], property) || !Of(members[at - 1].Shape, info.Options, seen)) return false;
        }

        return at == members.Count;
    }

    private static bool IsSame(in JsonShapeMember member, JsonPropertyInfo property) =>
        property.Name == member.Name
        && IsWrittenAsItIs(member.Name)
        && property.PropertyType == member.Shape.Type
        && property is { Order: 0, Get: not null, CustomConverter: null, ShouldSerialize: null, IsExtensionData: false }
        && IsStrict(property.NumberHandling)
        && property.ObjectCreationHandling is null or JsonObjectCreationHandling.Replace
        && IsSetAlike(in member, property);

    private static bool IsSetAlike(in JsonShapeMember member, JsonPropertyInfo property)
    {
        bool isInitializer = property.AssociatedParameter is { IsMemberInitializer: true };
        if (member.Position >= 0) return !isInitializer && property.AssociatedParameter?.Position == member.Position;
        if (property.AssociatedParameter is not null && !isInitializer) return false;
        return member.IsComputed != (isInitializer || property.Set is not null);
    }

    // Names that begin with a dollar sign may mean something to the serializer.
    private static bool IsWrittenAsItIs(string name) => !name.StartsWith('$') && JsonEncodedText.Encode(name).Value == name;

    public static bool IsOfFramework(JsonConverter converter) =>
        converter is FiniteNumbers.OfDouble or FiniteNumbers.OfSingle || converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    private static bool IsStrict(JsonNumberHandling? handling) => handling is null or JsonNumberHandling.Strict;
}
