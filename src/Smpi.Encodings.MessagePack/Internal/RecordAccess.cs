using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Makes records and sets their members: by compiled delegates where code can be generated at run time, by reflection elsewhere.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class RecordAccess
{
    public static RecordMaker<T> Maker<T>(ConstructorInfo? constructor, PropertyInfo[] settable)
    {
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        object?[] defaults = Array.ConvertAll(parameters, Default);
        return RuntimeFeature.IsDynamicCodeSupported
            ? new RecordMaker<T>(CompiledCreate<T>(constructor, parameters), defaults, Array.ConvertAll(settable, CompiledSet<T>))
            : new RecordMaker<T>(InvokedCreate<T>(constructor, parameters.Length), defaults, Array.ConvertAll(settable, InvokedSet<T>));
    }

    public static Func<object?[], T> InvokedCreate<T>(ConstructorInfo? constructor, int count) =>
        constructor is null
            ? static _ => default!
            : values => (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, values[..count], null);

    public static RecordSetter<T> InvokedSet<T>(PropertyInfo property) => (ref T record, object? value) =>
    {
        object boxed = record!;
        property.SetMethod!.Invoke(boxed, BindingFlags.DoNotWrapExceptions, null, [value], null);
        record = (T)boxed;
    };

    private static Func<object?[], T> CompiledCreate<T>(ConstructorInfo? constructor, ParameterInfo[] parameters)
    {
        ParameterExpression values = Expression.Parameter(typeof(object?[]));
        if (constructor is null) return static _ => default!;
        IEnumerable<Expression> arguments = parameters.Select((p, i) =>
            (Expression)Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), p.ParameterType));
        return Expression.Lambda<Func<object?[], T>>(Expression.New(constructor, arguments), values).Compile();
    }

    private static RecordSetter<T> CompiledSet<T>(PropertyInfo property)
    {
        ParameterExpression record = Expression.Parameter(typeof(T).MakeByRefType());
        ParameterExpression value = Expression.Parameter(typeof(object));
        Expression call = Expression.Call(record, property.SetMethod!, Expression.Convert(value, property.PropertyType));
        return Expression.Lambda<RecordSetter<T>>(call, record, value).Compile();
    }

    /// <summary>What a parameter gets when its member did not arrive: its C# default, or the default of its type.</summary>
    private static object? Default(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        object? value = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        if (value is null) return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner.IsEnum ? Enum.ToObject(inner, value) : value;
    }
}
