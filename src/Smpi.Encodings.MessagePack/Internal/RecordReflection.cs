using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smpi;

/// <summary>Finds the members and the constructor of a record, by the rules of the framework's JSON.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class RecordReflection
{
    public static void Refuse(Type type)
    {
        if (type.IsAbstract)
            throw new EncodingException($"MessagePack cannot read a {type.Name}, which is abstract: list its cases with [JsonDerivedType(typeof(...), \"name\")], or give a shape.");
        bool isOfFramework = type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));
        if (isOfFramework || type.IsArray || type.IsPointer || type.IsByRefLike || type.IsGenericTypeDefinition || type.IsAssignableTo(typeof(Delegate)))
            throw new EncodingException($"MessagePack cannot carry a {type.Name}: use a record of its parts, or add a MessagePackShape<{type.Name}> to MessagePackEncodingOptions.Shapes.");
    }

    /// <summary>Gives a shape its members.</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="shape">Its <see cref="RecordShape{T}"/>.</param>
    /// <param name="shapes">Finds the shapes of members.</param>
    public static void Complete(Type type, MessagePackShape shape, Func<Type, MessagePackShape> shapes)
    {
        List<PropertyInfo> properties = Properties(type);
        ConstructorInfo? constructor = Constructor(type);
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        List<PropertyInfo> ordered = [];
        foreach (ParameterInfo parameter in parameters) ordered.Add(OfParameter(type, properties, parameter));
        ordered.AddRange(properties.Except(ordered));

        List<PropertyInfo> settable = [.. ordered.Skip(parameters.Length).Where(IsSettable)];
        Type baseMember = typeof(RecordMember<>).MakeGenericType(type);
        PropertyInfo[] carried = [.. ordered.Where(p => !IsIgnored(p))];
        var members = Array.CreateInstance(baseMember, carried.Length);
        for (int i = 0; i < carried.Length; i++)
        {
            int position = ordered.IndexOf(carried[i]), setter = settable.IndexOf(carried[i]);
            int slot = position < parameters.Length ? position : setter < 0 ? -1 : parameters.Length + setter;
            members.SetValue(Member(type, carried[i], slot, shapes), i);
        }

        object maker = typeof(RecordAccess).GetMethod(nameof(RecordAccess.Maker))!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [constructor, settable.ToArray()], null)!;
        shape.GetType().GetMethod("Complete")!.Invoke(shape, BindingFlags.DoNotWrapExceptions, null, [members, maker], null);
    }

    private static object Member(Type type, PropertyInfo property, int slot, Func<Type, MessagePackShape> shapes)
    {
        MessagePackShape shape;
        try
        {
            shape = shapes(property.PropertyType);
        }
        catch (EncodingException error)
        {
            throw new EncodingException($"{type.Name}.{property.Name}: {error.Message}", error);
        }

        string name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        bool isRequired = slot >= 0 && (property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(JsonRequiredAttribute)));
        return Activator.CreateInstance(typeof(RecordMember<,>).MakeGenericType(type, property.PropertyType), name, slot, isRequired, property.GetMethod, shape)!;
    }

    /// <summary>Public properties in order of declaration, those of base types first; one that hides or overrides another takes its place.</summary>
    private static List<PropertyInfo> Properties(Type type)
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

    private static ConstructorInfo? Constructor(Type type)
    {
        ConstructorInfo[] all = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (Array.Find(all, c => c.IsDefined(typeof(JsonConstructorAttribute))) is { } marked) return marked;
        ConstructorInfo[] visible = Array.FindAll(all, c => c.IsPublic);
        if (Array.Find(visible, c => c.GetParameters().Length == 0) is { } empty) return empty;
        if (visible.Length == 1) return visible[0];
        return type.IsValueType ? null : throw new EncodingException(
            $"{type.Name} has {(visible.Length == 0 ? "no public constructor" : "several public constructors")}: mark the one to use with [JsonConstructor].");
    }

    private static PropertyInfo OfParameter(Type type, List<PropertyInfo> properties, ParameterInfo parameter) =>
        properties.Find(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase) && p.PropertyType == parameter.ParameterType)
        ?? throw new EncodingException($"The parameter '{parameter.Name}' of the constructor of {type.Name} has no public property of its name and type to be written from.");

    private static bool IsSettable(PropertyInfo property) =>
        !IsIgnored(property) && (property.SetMethod is { IsPublic: true } || (property.SetMethod is not null && property.IsDefined(typeof(JsonIncludeAttribute))));

    private static bool IsIgnored(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };
}
