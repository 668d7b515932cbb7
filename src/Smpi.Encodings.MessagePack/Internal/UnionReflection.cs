using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Smpi;

/// <summary>Reads the framework's attributes for unions, so that one record serves JSON and MessagePack.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class UnionReflection
{
    public static bool IsUnion(Type type) => !type.IsValueType && type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false);

    public static (MessagePackShape Shape, Action Complete) Begin(Type type, Func<Type, MessagePackShape> plain)
    {
        string tagName = type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false)?.TypeDiscriminatorPropertyName ?? "$type";
        MessagePackShape union = ReflectedShapes.Create(typeof(UnionShape<>), [type], tagName);
        return (union, Complete);

        void Complete()
        {
            List<UnionCase> cases = [];
            foreach (JsonDerivedTypeAttribute listed in type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
            {
                cases.Add(Case(type, listed, tagName, plain));
                if (cases.Take(cases.Count - 1).Any(c => c.Tag.Equals(cases[^1].Tag)))
                    throw new EncodingException($"{type.Name} has the discriminator '{cases[^1].Tag}' twice; give each case its own.");
            }

            bool hasOwnForm = !type.IsAbstract && !cases.Exists(c => c.Type == type);
            typeof(UnionShape<>).MakeGenericType(type).GetMethod("Complete")!.Invoke(
                union, BindingFlags.DoNotWrapExceptions, null, [cases, hasOwnForm ? plain(type) : null], null);
        }
    }

    private static UnionCase Case(Type type, JsonDerivedTypeAttribute listed, string tagName, Func<Type, MessagePackShape> plain)
    {
        if (listed.TypeDiscriminator is not { } tag)
            throw new EncodingException($"{listed.DerivedType.Name} has no discriminator: write [JsonDerivedType(typeof({listed.DerivedType.Name}), \"name\")] on {type.Name}.");
        RecordReflection.Refuse(listed.DerivedType);
        return UnionCase.Of(tagName, tag, plain(listed.DerivedType));
    }
}
