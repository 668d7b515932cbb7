using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Smpi;

/// <summary>The members and constructors of a record, by the rules of the framework's JSON.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
internal static class RecordMembers
{
    /// <summary>Public properties in order of declaration, those of base types first; one that hides or overrides another takes its place.</summary>
    public static List<PropertyInfo> Properties(Type type)
    {
        List<PropertyInfo> found = [];
        for (Type? at = type; at is not null && at != typeof(object) && at != typeof(ValueType); at = at.BaseType)
        {
            PropertyInfo[] declared = at.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
            found.InsertRange(0, declared
                .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !found.Exists(f => f.Name == p.Name))
                .OrderBy(p => p.MetadataToken));
        }

        return found;
    }

    public static ConstructorInfo? Constructor(Type type)
    {
        ConstructorInfo[] all = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (Array.Find(all, c => c.IsDefined(typeof(JsonConstructorAttribute))) is { } marked) return marked;
        ConstructorInfo[] visible = Array.FindAll(all, c => c.IsPublic);
        if (Array.Find(visible, c => c.GetParameters().Length == 0) is { } empty) return empty;
        if (visible.Length == 1) return visible[0];
        return type.IsValueType ? null : throw new EncodingException(
            $"{type.Name} has {(visible.Length == 0 ? "no public constructor" : "several public constructors")}: mark the one to use with [JsonConstructor].");
    }

    public static PropertyInfo OfParameter(Type type, List<PropertyInfo> properties, ParameterInfo parameter) =>
        properties.Find(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase) && p.PropertyType == parameter.ParameterType)
        ?? throw new EncodingException($"The parameter '{parameter.Name}' of the constructor of {type.Name} has no public property of its name and type to be written from.");

    public static bool IsSettable(PropertyInfo property) =>
        !IsIgnored(property) && (property.SetMethod is { IsPublic: true } || (property.SetMethod is not null && property.IsDefined(typeof(JsonIncludeAttribute))));

    /// <summary>Whether a member's type is a parameter of its generic record; nothing says then whether null is a value of it.</summary>
    public static bool IsOfTypeParameter(PropertyInfo property) =>
        property.DeclaringType is { IsGenericType: true } of
        && of.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(property) is PropertyInfo { PropertyType.IsGenericParameter: true };

    /// <summary>Whether a member's own type has null; where nothing is said about references, and of type parameters, it has.</summary>
    public static bool IsNullable(PropertyInfo property, NullabilityInfoContext nullability)
    {
        if (property.PropertyType.IsValueType) return Nullable.GetUnderlyingType(property.PropertyType) is not null;
        return IsOfTypeParameter(property)
            || nullability.Create(property) is not { ReadState: NullabilityState.NotNull, WriteState: not NullabilityState.Nullable };
    }

    public static bool IsIgnored(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };
}
