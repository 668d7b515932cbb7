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
        List<PropertyInfo> properties = RecordMembers.Properties(type);
        ConstructorInfo? constructor = RecordMembers.Constructor(type);
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        List<PropertyInfo> ordered = [];
        foreach (ParameterInfo parameter in parameters) ordered.Add(RecordMembers.OfParameter(type, properties, parameter));
        ordered.AddRange(properties.Except(ordered));

        List<PropertyInfo> settable = [.. ordered.Skip(parameters.Length).Where(RecordMembers.IsSettable)];
        Type baseMember = typeof(RecordMember<>).MakeGenericType(type);
        PropertyInfo[] carried = [.. ordered.Where(p => !RecordMembers.IsIgnored(p))];
        var members = Array.CreateInstance(baseMember, carried.Length);
        var nullability = new NullabilityInfoContext();
        for (int i = 0; i < carried.Length; i++)
        {
            int position = ordered.IndexOf(carried[i]), setter = settable.IndexOf(carried[i]);
            int slot = position < parameters.Length ? position : setter < 0 ? -1 : parameters.Length + setter;
            bool isNotNull = slot >= 0 && !carried[i].PropertyType.IsValueType && !RecordMembers.IsNullable(carried[i], nullability);
            bool isSet = position >= parameters.Length;
            var need = new MemberNeed(slot >= 0 && IsRequired(carried[i]), isNotNull, isSet, !isSet
                && parameters[position].HasDefaultValue);
            members.SetValue(Member(type, carried[i], slot, need, shapes), i);
        }

        object maker = typeof(RecordAccess).GetMethod(nameof(RecordAccess.Maker))!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [constructor, settable.ToArray()], null)!;
        shape.GetType().GetMethod("Complete")!.Invoke(shape, BindingFlags.DoNotWrapExceptions, null, [members, maker], null);
    }

    private static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(JsonRequiredAttribute));

    private static object Member(Type type, PropertyInfo property, int slot, MemberNeed need, Func<Type, MessagePackShape> shapes)
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
        return Activator.CreateInstance(typeof(RecordMember<,>).MakeGenericType(type, property.PropertyType), name, slot, need,
            property.GetMethod, shape)!;
    }
}
