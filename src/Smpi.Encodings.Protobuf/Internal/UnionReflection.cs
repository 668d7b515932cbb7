using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Smpi;

/// <summary>Reads the framework's attributes for unions, so that one record serves every encoding.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class UnionReflection
{
    public static bool IsUnion(Type type) => !type.IsValueType && type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false);

    /// <summary>The cases in order of the attributes, which is that of their numbers, from 1.</summary>
    public static Type[] Cases(Type type) => [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(listed => Case(type, listed))];

    public static void Complete(Type type, ProtobufShape union, Func<Type, ProtobufShape> shapes)
    {
        Type[] found = Cases(type);
        var cases = Array.CreateInstance(typeof(ProtobufCase<>).MakeGenericType(type), found.Length);
        for (int i = 0; i < found.Length; i++)
            cases.SetValue(ReflectedShapes.Make(typeof(UnionCase<,>), [type, found[i]], i + 1, shapes(found[i])), i);
        union.GetType().GetMethod("Complete")!.Invoke(union, BindingFlags.DoNotWrapExceptions, null, [cases], null);
    }

    private static Type Case(Type type, JsonDerivedTypeAttribute listed)
    {
        if (listed.TypeDiscriminator is null)
            throw new EncodingException($"{listed.DerivedType.Name} has no discriminator: write [JsonDerivedType(typeof({listed.DerivedType.Name}), \"name\")] on {type.Name}.");
        RecordReflection.Refuse(listed.DerivedType);
        return listed.DerivedType;
    }
}
