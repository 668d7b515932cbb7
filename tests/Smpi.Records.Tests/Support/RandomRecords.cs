using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;

namespace Smpi.Records.Tests;

/// <summary>Random records: every member, null only where the type says so, nested a few levels deep.</summary>
internal static class RandomRecords
{
    private const int Levels = 4;

    public static Arbitrary<T> Of<T>() => Arb.From(Record(typeof(T), Levels).Select(value => (T)value!));

    private static Gen<object?> Of(Type type, NullabilityInfo info, int levels)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Maybe(Present(inner, info, levels), levels);
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? Maybe(levels == 0 ? Gen.Constant<object?>(null) : Present(type, info, levels), levels) : Present(type, info, levels);
    }

    private static Gen<object?> Maybe(Gen<object?> present, int levels) =>
        levels == 0 ? Gen.Constant<object?>(null) : Gen.Frequency((1, Gen.Constant<object?>(null)), (2, present));

    private static Gen<object?> Present(Type type, NullabilityInfo info, int levels)
    {
        if (RandomValues.Of(type) is { } scalar) return scalar;
        if (type.IsArray) return Many(type.GetElementType()!, info.ElementType!, levels).Select(items => (object?)Array(type.GetElementType()!, items));
        if (!type.IsGenericType) return Record(type, levels);
        Type[] of = type.GetGenericArguments();
        if (of.Length == 2) return Pairs(of, info, levels);
        Type made = (type.Name.StartsWith("HashSet", StringComparison.Ordinal) ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(of);
        return Many(of[0], info.GenericTypeArguments[0], levels).Select(items => Activator.CreateInstance(made, Array(of[0], items)));
    }

    private static Gen<object?[]> Many(Type item, NullabilityInfo info, int levels) =>
        levels == 0 ? Gen.Constant(System.Array.Empty<object?>()) : Gen.Choose(0, 4).SelectMany(count => Gen.ArrayOf(Of(item, info, levels - 1), count));

    private static Gen<object?> Pairs(Type[] of, NullabilityInfo info, int levels)
    {
        if (levels == 0) return Gen.Fresh(() => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of)));
        Gen<(object? Key, object? Value)> pair = Gen.Zip(Present(of[0], info.GenericTypeArguments[0], 0), Of(of[1], info.GenericTypeArguments[1], levels - 1), (key, value) => (key, value));
        return Gen.Choose(0, 4).SelectMany(count => Gen.ArrayOf(pair, count)).Select(pairs =>
        {
            var made = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
            foreach ((object? key, object? value) in pairs) made[key!] = value;
            return (object?)made;
        });
    }

    private static Array Array(Type item, object?[] items)
    {
        var made = System.Array.CreateInstance(item, items.Length);
        for (int i = 0; i < items.Length; i++) made.SetValue(items[i], i);
        return made;
    }

    private static Gen<object?> Record(Type type, int levels)
    {
        if (type.IsAbstract)
        {
            Type[] cases = [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(listed => listed.DerivedType)];
            return Gen.OneOf(cases.Where(c => levels > 1 || c != typeof(Group)).Select(c => Record(c, levels)));
        }

        int next = Math.Max(0, levels - 1);
        ConstructorInfo constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        PropertyInfo[] parameters = [.. constructor.GetParameters().Select(p => type.GetProperty(p.Name!, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase)!)];
        PropertyInfo[] further = [.. type.GetProperties().Where(p => p.SetMethod is not null && !parameters.Contains(p))];
        var context = new NullabilityInfoContext();
        return Gen.CollectToArray(parameters.Concat(further).Select(p => Of(p.PropertyType, context.Create(p), next))).Select(values =>
        {
            object record = constructor.Invoke(values[..parameters.Length]);
            for (int i = 0; i < further.Length; i++) further[i].SetValue(record, values[parameters.Length + i]);
            return (object?)record;
        });
    }
}
