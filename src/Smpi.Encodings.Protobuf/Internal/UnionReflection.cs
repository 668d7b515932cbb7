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

    /// <summary>The cases with their numbers, in order of the attributes.</summary>
    public static IReadOnlyList<(Type Type, int Number)> Cases(Type type, LockFile? locked)
    {
        Type[] cases = [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(listed => Case(type, listed))];
        int[] numbers = RecordReflection.Number(type, [.. cases.Select(static c => c.Name)], new int[cases.Length], locked);
        return [.. cases.Zip(numbers)];
    }

    public static void Complete(Type type, ProtobufShape union, LockFile? locked, Func<Type, ProtobufShape> shapes)
    {
        IReadOnlyList<(Type Type, int Number)> found = Cases(type, locked);
        var cases = Array.CreateInstance(typeof(ProtobufCase<>).MakeGenericType(type), found.Count);
        for (int i = 0; i < found.Count; i++)
            cases.SetValue(ReflectedShapes.Make(typeof(UnionCase<,>), [type, found[i].Type], found[i].Number, shapes(found[i].Type)), i);
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
