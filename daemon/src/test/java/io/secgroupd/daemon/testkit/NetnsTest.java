package io.secgroupd.daemon.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests in network namespaces. Without root they are reported as skipped, with the reason. */
@Tag("netns")
@ExtendWith({NetnsCondition.class, PatientLooks.class, LastWords.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NetnsTest {}
