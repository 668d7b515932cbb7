using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Smpi.Generators;

namespace Smpi;

/// <summary>Finds the members and the constructor of a record, by the rules of the framework's JSON, and numbers the members.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal sealed class RecordReflection
{
    public RecordReflection(string? locked)
    {
        if (locked is null) return;
        Lock = LockFile.Parse(locked);
        if (Lock.Wrong.Count > 0) throw new EncodingException($"'{Lock.Wrong[0]}' in ProtobufEncodingOptions.Lock is neither 'Type.Member = number type' nor 'reserved Type = number, ...'.");
    }

    public LockFile? Lock { get; }

    public static void Refuse(Type type)
    {
        if (type.IsAbstract)
            throw new EncodingException($"Protobuf cannot read a {type.Name}, which is abstract: list its cases with [JsonDerivedType(typeof(...), \"name\")], or give a shape.");
        bool isOfFramework = type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));
        if (isOfFramework || type.IsArray || type.IsPointer || type.IsByRefLike || type.IsGenericTypeDefinition || type.IsAssignableTo(typeof(Delegate)))
            throw new EncodingException($"Protobuf cannot carry a {type.Name}: use a record of its parts, or add a ProtobufShape<{type.Name}> to ProtobufEncodingOptions.Shapes.");
    }

    /// <summary>Gives a shape its members.</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="shape">Its <see cref="RecordShape{T}"/>.</param>
    /// <param name="shapes">Finds the shapes of members.</param>
    public void Complete(Type type, ProtobufShape shape, Func<Type, ProtobufShape> shapes)
    {
        MemberPlan[] plans = Plan(type, out ConstructorInfo? constructor);
        var members = Array.CreateInstance(typeof(RecordMember<>).MakeGenericType(type), plans.Length);
        for (int i = 0; i < plans.Length; i++) members.SetValue(Member(type, constructor, plans[i], shapes), i);
        object maker = typeof(RecordAccess).GetMethod(nameof(RecordAccess.Maker))!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [constructor, plans], null)!;
        shape.GetType().GetMethod("Complete")!.Invoke(shape, BindingFlags.DoNotWrapExceptions, null, [members, maker], null);
    }

    /// <summary>The members that are carried, with their numbers: those of the constructor's parameters first.</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="constructor">The constructor to use; null for that of a struct without one.</param>
    public MemberPlan[] Plan(Type type, out ConstructorInfo? constructor)
    {
        List<PropertyInfo> properties = RecordMembers.Properties(type);
        constructor = RecordMembers.Constructor(type);
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        List<PropertyInfo> ordered = [.. parameters.Select(p => RecordMembers.OfParameter(type, properties, p))];
        ordered.AddRange(properties.Except(ordered).Where(RecordMembers.IsSettable));
        PropertyInfo[] carried = [.. ordered.Where(static p => !RecordMembers.IsIgnored(p))];
        int[] given = Array.ConvertAll(carried, p => Given(type, p, ordered.IndexOf(p), parameters));
        int[] numbers = FieldNumbers.Assign(CSharpNames.Of(type), [.. carried.Select(static p => p.Name)], given, Lock);
        var nullability = new NullabilityInfoContext();
        return [.. carried.Select((p, i) => Plan(p, numbers[i], ordered.IndexOf(p), parameters, nullability))];
    }

    private static MemberPlan Plan(PropertyInfo property, int number, int position, ParameterInfo[] parameters, NullabilityInfoContext nullability)
    {
        Type type = property.PropertyType;
        bool isNullable = type.IsValueType
            ? Nullable.GetUnderlyingType(type) is not null
            : RecordMembers.IsOfTypeParameter(property) || nullability.Create(property).ReadState != NullabilityState.NotNull;
        bool isParameter = position < parameters.Length;
        bool isOptional = isNullable || !isParameter || parameters[position].HasDefaultValue;
        bool isRequired = !isNullable && (property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(JsonRequiredAttribute)));
        return new MemberPlan(property, number, isParameter ? position : -1, isNullable, isOptional || isRequired, isRequired);
    }

    /// <summary>The number of <c>[Field]</c>; the order of members of a base type is not said by anything, so they need one.</summary>
    private int Given(Type type, PropertyInfo property, int position, ParameterInfo[] parameters)
    {
        int number = property.GetCustomAttribute<FieldAttribute>()?.Number
            ?? (position < parameters.Length ? parameters[position].GetCustomAttribute<FieldAttribute>()?.Number : null) ?? 0;
        if (number > 0 || position < parameters.Length || property.DeclaringType == type || Lock?.Fields(CSharpNames.Of(type)).ContainsKey(property.Name) == true)
            return number;
        throw new EncodingException(
            $"{type.Name}.{property.Name} comes from the base {property.DeclaringType!.Name} and has no number: write [Field(n)] on it, or make it a parameter of the constructor.");
    }

    private static object Member(Type type, ConstructorInfo? constructor, MemberPlan plan, Func<Type, ProtobufShape> shapes)
    {
        ProtobufShape shape;
        try
        {
            shape = shapes(plan.Property.PropertyType);
        }
        catch (EncodingException error)
        {
            throw new EncodingException($"{type.Name}.{plan.Property.Name}: {error.Message}", error);
        }

        ParameterInfo? parameter = plan.Position < 0 ? null : constructor!.GetParameters()[plan.Position];
        bool hasFallback = parameter is { HasDefaultValue: true } && !plan.IsNullable;
        return ReflectedShapes.Make(
            typeof(RecordMember<,>), [type, plan.Property.PropertyType], plan, shape, hasFallback, hasFallback ? RecordAccess.Default(parameter!) : null);
    }
}
